import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { type Composition, compositionSchema, sampleAt } from '../../protocol/index.ts';
import { readSpeechWords } from '../../speech/index.ts';
import { buildTimeline, planChunks, type Timeline } from '../../timeline/index.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { toJson } from '../export-input.ts';
import type { PlanFile, PlannedChunk, PlannedSounds } from '../plan-file.ts';
import type { ChunkEncoding } from '../views.ts';

const speechSchema = z.array(z.array(z.strictObject({ soundKey: z.string(), wordsKey: z.string() })));

const inputSchema = z.strictObject({
  composition: compositionSchema,
  encodings: z.custom<readonly ChunkEncoding[]>(),
  /** Storage keys of what was spoken, by scene and passage. */
  speech: speechSchema,
  /** Local files of the words. */
  words: z.array(z.array(z.string())),
  /** Local files of everything else, by source. */
  files: z.record(z.string(), z.string()),
  folder: z.string(),
});

/** Turns measured speech into exact frames and samples: writes `plan.json` into the folder. */
serveChild(async (input) => {
  const { composition, encodings, speech, words, folder } = inputSchema.parse(input);
  const measured = await Promise.all(words.map((files) => Promise.all(files.map(readMeasured))));
  const timeline = buildTimeline(composition, (scene, passage) => at(at(measured, scene), passage));
  const plan: PlanFile = {
    timeline,
    encodings,
    chunks: keyedChunks(timeline, encodings),
    sounds: plannedSounds(composition, timeline, speech),
    warnings: [],
  };
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
  return null;
});

/** A chunk is stored under the hash of what can be seen in it, of how it is encoded, and of the code that does both. */
function keyedChunks(timeline: Timeline, encodings: readonly ChunkEncoding[]): PlannedChunk[] {
  const code = codeVersion(['drawing', 'media', 'timeline']);
  return planChunks(timeline).map(({ startFrame, frameCount, content }) => ({
    keys: encodings.map((encoding) => contentKey('chunk', toJson({ code, content, encoding }), 'mp4')),
    startFrame,
    frameCount,
  }));
}

function plannedSounds(
  { scenes, music }: Composition,
  timeline: Timeline,
  speech: z.output<typeof speechSchema>,
): PlannedSounds {
  return {
    totalSamples: sampleAt(timeline.frameCount, timeline.fps),
    speech: timeline.speech.map(({ sceneIndex, passageIndex, startSample }) => ({
      soundKey: at(at(speech, sceneIndex), passageIndex).soundKey,
      startSample,
    })),
    voiceOvers: timeline.voiceOvers.flatMap(({ sceneIndex, startSample }) => {
      const voiceOver = scenes[sceneIndex]?.voiceOver;
      return voiceOver === undefined
        ? []
        : [{ source: voiceOver.source, startSample, gainDb: voiceOver.gainDb }];
    }),
    clips: timeline.clipSounds.flatMap(({ sceneIndex, startSample, sampleCount }) => {
      const clip = timeline.scenes[sceneIndex]?.clip;
      if (clip === undefined) return [];
      const { source, startSeconds, endSeconds, speed, loop, gainDb } = clip;
      return [{ source, startSeconds, endSeconds, speed, loop, gainDb, startSample, sampleCount }];
    }),
    ...(music === undefined ? {} : { music }),
  };
}

async function readMeasured(file: string) {
  return readSpeechWords(await readFile(file, 'utf8'));
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`);
  return item;
}
