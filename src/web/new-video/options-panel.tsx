import { useRef } from 'react';
import { type Composition, compositionSchema } from '../../protocol/index.ts';
import { AspectChoice } from './aspect-choice.tsx';
import { aspectOf, type Choices, withChoices } from './choices.ts';
import type { Plan } from './plan.ts';
import { ThemeChoice } from './theme-choice.tsx';
import { VoiceChoice } from './voice-choice.tsx';

interface OptionsPanelProps {
  readonly plan: Plan;
  readonly choices: Choices;
  onChange(choices: Choices): void;
}

/** Shows what the video will have; touching a control overrides the script. */
export function OptionsPanel({ plan, choices, onChange }: OptionsPanelProps) {
  const composition = useLastComposition(plan, choices);
  return (
    <>
      <AspectChoice
        value={aspectOf(composition.video)}
        onChange={(aspect) => onChange({ ...choices, aspect })}
      />
      <ThemeChoice value={composition.theme} onChange={(theme) => onChange({ ...choices, theme })} />
      <VoiceChoice
        voice={composition.voice}
        language={composition.language}
        onChange={(voice) => onChange({ ...choices, voice })}
      />
    </>
  );
}

/** While the script has a mistake, the controls keep to the last version that had none. */
function useLastComposition(plan: Plan, choices: Choices): Composition {
  const last = useRef(blank);
  if (plan.kind === 'ready') last.current = plan.composition;
  return withChoices(last.current, choices);
}

const blank = compositionSchema.parse({ version: 1, title: 'Untitled', scenes: [{ id: 'scene-1' }] });
