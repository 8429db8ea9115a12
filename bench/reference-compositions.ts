import { join } from 'node:path';
import type { CompositionInput } from '../src/protocol/index.ts';
import { makeClip } from './reference-clip.ts';

/** What is rendered to measure the renderer. */
export interface Reference {
  readonly composition: CompositionInput;
  /** Gives local files by the name the composition uses; `folder` is for those that have to be made. */
  files(folder: string): Promise<Readonly<Record<string, string>>>;
}

export const referenceTitles = {
  a: 'photographs with Ken Burns, karaoke captions, crossfades',
  b: 'text slides with captions',
  c: 'video clips with captions',
  d: 'a 9:16 short',
} as const;
export type ReferenceName = keyof typeof referenceTitles;

/** @param seconds About how long it is, at least 4. @param video 1080p at 30 frames a second when absent. */
export function referenceComposition(
  name: ReferenceName,
  { seconds, video }: { readonly seconds: number; readonly video?: CompositionInput['video'] },
): Reference {
  const { scenes, files, shape = wide } = makers[name](seconds);
  return {
    composition: { version: 1, title: 'Reference', language: 'en', video: video ?? shape, scenes },
    files,
  };
}

interface Parts extends Pick<Reference, 'files'> {
  readonly scenes: CompositionInput['scenes'];
  readonly shape?: NonNullable<CompositionInput['video']>;
}

type SceneInput = CompositionInput['scenes'][number];

const makers = { a: photographs, b: slides, c: clips, d: short } satisfies Record<
  ReferenceName,
  (seconds: number) => Parts
>;

const wide = { width: 1920, height: 1080, fps: 30 } as const;
const tall = { width: 1080, height: 1920, fps: 30 } as const;
const examples = join(import.meta.dirname, '../examples');
const fade = { kind: 'fade', durationSeconds: 0.8 } as const;

/** Four, and one more for every quarter of a minute beyond the first. */
function sceneTimes(seconds: number): { readonly seconds: number; readonly index: number }[] {
  const count = Math.max(4, Math.round(seconds / 15));
  return Array.from({ length: count }, (_, index) => ({ seconds: seconds / count, index }));
}

function pick<T>(items: readonly [T, ...T[]], index: number): T {
  return items[index % items.length] ?? items[0];
}

function photographs(seconds: number): Parts {
  const names = ['aurora-lake', 'calm-sea', 'dusk-mountains', 'night-city'] as const;
  const scenes = sceneTimes(seconds).map(
    (time): SceneInput => ({
      id: `scene-${time.index + 1}`,
      ...(time.index === 0 && { heading: 'What the night sky shows' }),
      picture: { source: `${pick(names, time.index)}.jpg` },
      ...spoken(time),
      transition: fade,
    }),
  );
  return { scenes, files: async () => filesOf('announcement', names) };
}

function slides(seconds: number): Parts {
  const headings = ['Start with one question', 'Write it down', 'Try it today', 'Keep what works'] as const;
  const scenes = sceneTimes(seconds).map((time): SceneInput => {
    const { narration, durationSeconds } = spoken(time);
    return {
      id: `slide-${time.index + 1}`,
      heading: pick(headings, time.index),
      points: ['Small enough to finish', 'Clear enough to repeat', 'Worth showing to a friend'],
      narration: narration.map((passage, point) => ({ ...passage, point: Math.min(2, point) })),
      durationSeconds,
      transition: fade,
    };
  });
  return { scenes, files: async () => ({}) };
}

function clips(seconds: number): Parts {
  const names = ['calm-sea', 'night-city'] as const;
  const scenes = sceneTimes(seconds).map(
    (time): SceneInput => ({
      id: `scene-${time.index + 1}`,
      clip: { source: `${pick(names, time.index)}.mp4`, loop: true, muted: true },
      ...spoken(time),
      transition: fade,
    }),
  );
  const files = async (folder: string): Promise<Record<string, string>> => {
    const made: Record<string, string> = {};
    for (const name of names) {
      const file = join(folder, `${name}.mp4`);
      const photograph = join(examples, 'announcement', `${name}.jpg`);
      await makeClip({ photograph, file, seconds: Math.min(6, seconds / 4) });
      made[`${name}.mp4`] = file;
    }
    return made;
  };
  return { scenes, files };
}

function short(seconds: number): Parts {
  const names = ['moon-on-sea', 'ripples', 'sun-on-sea'] as const;
  const headings = ['The moon', 'pulls the sea', 'twice a day'] as const;
  const scenes = sceneTimes(seconds).map(
    (time): SceneInput => ({
      id: `scene-${time.index + 1}`,
      heading: pick(headings, time.index),
      picture: { source: `${pick(names, time.index)}.jpg` },
      ...spoken(time),
      transition: fade,
    }),
  );
  return { scenes, shape: tall, files: async () => filesOf('short', names) };
}

function filesOf(example: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${name}.jpg`, join(examples, example, `${name}.jpg`)]));
}

/** Sentences that take about the scene's time to say, and that time. */
function spoken({ seconds: durationSeconds, index: first }: { seconds: number; index: number }) {
  const narration: { text: string }[] = [];
  let characters = (durationSeconds - silenceSeconds) * charactersPerSecond;
  for (let index = first; characters > 0; index += 1) {
    const sentence = sentences[index % sentences.length] ?? '';
    const words = sentence.slice(0, characters).replace(/\S*$/u, '').trim();
    const text = sentence.length <= characters ? sentence : `${words || 'Look'}.`;
    narration.push({ text });
    characters -= text.length + pauseCharacters;
  }
  return { durationSeconds, narration };
}

/** As the embedded voice speaks. */
const charactersPerSecond = 13;
const pauseCharacters = 5;
const silenceSeconds = 2;

const sentences = [
  'Look up on a clear night, far from the lights of a town, and wait until your eyes are used to the dark.',
  'After ten minutes you see twice as many stars, and after half an hour the whole band of our galaxy.',
  'Nothing of it is bright, so that every lamp, every screen and even the moon takes some of it away.',
  'Bring something warm, a friend and enough time, because the sky does not show everything at once.',
];
