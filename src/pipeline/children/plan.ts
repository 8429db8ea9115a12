import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChildWork } from '../../engine/index.ts';
import { compositionSchema } from '../../protocol/index.ts';
import { readSpeechWords } from '../../speech/index.ts';
import { buildTimeline, type MeasuredSpeech, planChunks, type Timeline } from '../../timeline/index.ts';
import { chunkWeight } from '../chunk-weight.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { toJson } from '../export-input.ts';
import { measureFiles, withPlayingPictures } from '../measure-files.ts';
import { ownFonts } from '../own-fonts.ts';
import type { PlanFile, PlannedChunk } from '../plan-file.ts';
import { plannedSounds } from '../planned-sounds.ts';
import { characterWarnings } from '../preflight.ts';
import { type ResolvedEncoding, resolveEncodings } from '../resolve-encodings.ts';
import type { ChunkEncoding } from '../views.ts';

const inputSchema = z.strictObject({
  composition: compositionSchema,
  encodings: z.custom<readonly ChunkEncoding[]>(),
  /** Storage keys of what was spoken, by scene and passage. */
  speech: z.array(z.array(z.strictObject({ soundKey: z.string(), wordsKey: z.string() }))),
  /** Local files of the words; null for a passage that is not spoken yet, whose length is then guessed. */
  words: z.array(z.array(z.string().nullable())),
  /** Local files of everything else, by source. */
  files: z.record(z.string(), z.string()),
  machines: z.enum(['one', 'many']),
  folder: z.string(),
});

/** Turns measured speech and files into exact frames and samples: writes `plan.json` into the folder. */
export const work: ChildWork = async (input, { signal }) => {
  const { composition: ordered, speech, words, files, folder, machines, ...asked } = inputSchema.parse(input);
  const composition = await withPlayingPictures(ordered, files);
  const spoken = await Promise.all(
    words.map((scene, sceneIndex) =>
      Promise.all(
        scene.map((file, index) => {
          const text = composition.scenes[sceneIndex]?.narration[index]?.text ?? '';
          return file === null ? guessSpeech(text) : readMeasured(file);
        }),
      ),
    ),
  );
  const measured = await measureFiles(composition, files, signal);
  const timeline = buildTimeline(composition, (scene, passage) => at(at(spoken, scene), passage), measured);
  const { encodings, warnings } = await resolveEncodings(asked.encodings, {
    video: composition.video,
    machines,
    signal,
  });
  const plan: PlanFile = {
    timeline,
    encodings,
    chunks: keyedChunks(timeline, encodings),
    sounds: plannedSounds(composition, timeline, { ...measured, speech }),
    warnings: [...warnings, ...(await characterWarnings(timeline, ownFonts(timeline.brand, files)))],
  };
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
  return null;
};

/** A chunk is stored under the hash of what can be seen in it, of how it is encoded, and of the code that does both. */
function keyedChunks(timeline: Timeline, encodings: readonly ResolvedEncoding[]): PlannedChunk[] {
  const code = codeVersion(['drawing', 'media', 'timeline']);
  return planChunks(timeline).map(({ startFrame, frameCount, content }) => ({
    keys: encodings.map((encoding) => contentKey('chunk', toJson({ code, content, encoding }), 'mp4')),
    startFrame,
    frameCount,
    weight: chunkWeight(content, encodings),
  }));
}

async function readMeasured(file: string): Promise<MeasuredSpeech> {
  return readSpeechWords(await readFile(file, 'utf8'));
}

/** How fast people (and voices) speak, in characters a second. */
const charactersPerSecond = 14;

/** One caption for all of it: so the scene after it sees that there were captions. */
function guessSpeech(text: string): MeasuredSpeech {
  const durationSeconds = text.length / charactersPerSecond;
  const word = { text, textStart: 0, textEnd: text.length, startSeconds: 0, endSeconds: durationSeconds };
  return { durationSeconds, words: [word] };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`);
  return item;
}
