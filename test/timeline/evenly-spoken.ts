import type { CompositionInput, WordTime } from '../../src/protocol/index.ts';
import { compositionSchema } from '../../src/protocol/index.ts';
import { buildTimeline, type MeasuredSpeech, type Timeline } from '../../src/timeline/index.ts';

/** Word times of a text spoken at an even pace: input data of the timeline, whose arithmetic is easy to check. */
export function evenlySpoken(text: string, secondsPerLetter = 0.06): MeasuredSpeech {
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
  const words: WordTime[] = [];
  for (const { segment, index, isWordLike } of segments) {
    const last = words.at(-1);
    if (isWordLike === true || (/\p{Extended_Pictographic}/u.test(segment) && /\S/u.test(segment))) {
      words.push(wordAt(text, { start: index, end: index + segment.length, secondsPerLetter }));
    } else if (last !== undefined && last.textEnd === index && /^[^\s\p{Ps}\p{Pi}]/u.test(segment)) {
      words[words.length - 1] = wordAt(text, {
        start: last.textStart,
        end: index + segment.length,
        secondsPerLetter,
      });
    }
  }
  return { durationSeconds: text.length * secondsPerLetter, words };
}

function wordAt(
  text: string,
  at: { readonly start: number; readonly end: number; readonly secondsPerLetter: number },
): WordTime {
  return {
    text: text.slice(at.start, at.end),
    textStart: at.start,
    textEnd: at.end,
    startSeconds: at.start * at.secondsPerLetter,
    endSeconds: at.end * at.secondsPerLetter,
  };
}

export type SceneInput = CompositionInput['scenes'][number];

/** A timeline of the scenes, every passage spoken evenly. */
export function timelineOf(scenes: SceneInput[], settings: Partial<CompositionInput> = {}): Timeline {
  const composition = compositionSchema.parse({ version: 1, title: 'Test', ...settings, scenes });
  return buildTimeline(composition, (scene, passage) =>
    evenlySpoken(composition.scenes[scene]?.narration[passage]?.text ?? ''),
  );
}
