import type { DirectiveName } from './directive-values.ts';
import { mistake } from './mistake.ts';
import { type SceneDraft, settingsOf } from './scene-draft.ts';
import { shownKind } from './source-name.ts';

/** What a directive can be about. */
type Subject = 'picture' | 'image' | 'clip' | 'table' | 'voice-over';

const subjects: Readonly<Partial<Record<DirectiveName, readonly [Subject, string]>>> = {
  motion: ['picture', 'moves a picture'],
  fit: ['image', 'is about a picture or a clip'],
  focus: ['image', 'is about a picture or a clip'],
  clip: ['clip', 'is about a video clip, as in ![…](clip.mp4)'],
  speed: ['clip', 'is about a video clip'],
  loop: ['clip', 'is about a video clip'],
  mute: ['clip', 'is about the sound of a video clip'],
  gain: ['clip', 'is about the sound of a video clip'],
  chart: ['table', 'draws a table'],
  timing: ['voice-over', 'is about a voice-over'],
  'voice-gain': ['voice-over', 'is about a voice-over'],
};

/** @throws {AuraError} script_invalid for a directive whose subject is not in its scene. */
export function refuseStrayDirectives(draft: SceneDraft): void {
  const settings = settingsOf(draft);
  const kinds = draft.images.map((image) => imageKind(draft, image.source));
  const has: Readonly<Record<Subject, boolean>> = {
    picture: kinds.includes('picture'),
    image: kinds.length > 0,
    clip: kinds.includes('video'),
    table: draft.table !== undefined,
    'voice-over': settings.voiceOver !== undefined,
  };
  for (const { name, place } of draft.directives) {
    const [subject, deed] = subjects[name] ?? [];
    if (subject !== undefined && !has[subject])
      throw mistake(place, `${name} ${deed}, and the scene has none`);
  }
  refuseStrayTiming(draft);
  const chart = draft.directives.find(({ name }) => name === 'chart');
  if (chart !== undefined && settings.layout === 'table') {
    throw mistake(chart.place, 'the layout is table; leave it out to show the table as a chart');
  }
}

/** Whether an image is a picture or a clip: by its name, else by what is said about it. */
export function imageKind(draft: SceneDraft, source: string): 'picture' | 'video' {
  return shownKind(source) ?? (settingsOf(draft).trim === undefined ? 'picture' : 'video');
}

function refuseStrayTiming({ directives, narration }: SceneDraft): void {
  const timing = directives.find(({ name }) => name === 'timing');
  if (timing === undefined || narration.length > 0) return;
  throw mistake(timing.place, 'timing says when words are said; write the words, too, as a paragraph');
}
