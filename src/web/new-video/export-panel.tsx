import './export-panel.css';
import { Button } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { FailureNote } from '../frame/failure-note.tsx';
import type { Plan } from './plan.ts';
import { useExport } from './use-export.ts';
import type { Media } from './use-media.ts';
import { useVoices, voiceMistake } from './use-voices.ts';

interface ExportPanelProps {
  readonly plan: Plan;
  /** False in the moment between a keystroke and the plan that contains it. */
  readonly isSettled: boolean;
  readonly media: Media;
}

export function ExportPanel({ plan, isSettled, media }: ExportPanelProps) {
  const { start, step, failure } = useExport(plan);
  const { voices } = useVoices();
  const obstacle = obstacleOf(plan, media) ?? voiceMistake(voices, voiceOf(plan));
  const isReady = plan.kind === 'ready' && obstacle === undefined && isSettled;
  return (
    <div className="export-panel">
      {failure !== undefined && <FailureNote failure={failure} />}
      <Button
        size="md"
        fullWidth
        leftSection={<IconMovie size={20} aria-hidden="true" />}
        disabled={!isReady && step === 'idle'}
        loading={step !== 'idle'}
        aria-describedby="export-hint"
        onClick={() => isReady && start({ composition: plan.composition, matches: media.matches })}
      >
        Export video
      </Button>
      <p id="export-hint" role="status">
        {hints[step] ?? obstacle ?? 'You can watch it being made, and close this page meanwhile.'}
      </p>
    </div>
  );
}

const hints = {
  idle: undefined,
  uploading: 'Uploading the files …',
  creating: 'Starting the export …',
} as const;

function voiceOf(plan: Plan): string | undefined {
  return plan.kind === 'ready' ? plan.composition.voice.name : undefined;
}

function obstacleOf(plan: Plan, media: Media): string | undefined {
  if (plan.kind === 'wrong') return 'Correct the script first: its mistake is shown below it.';
  const [first, ...others] = media.missing;
  if (first === undefined) return undefined;
  return others.length === 0
    ? `Add ${first} first.`
    : `Add ${first} and ${others.length} more ${others.length === 1 ? 'file' : 'files'} first.`;
}
