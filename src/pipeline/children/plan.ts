import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { type Composition, compositionSchema } from '../../protocol/index.ts';
import { readSpeechWords } from '../../speech/index.ts';
import { buildTimeline, planChunks, type Timeline } from '../../timeline/index.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { toJson } from '../export-input.ts';
import type { PlanFile, PlannedChunk } from '../plan-file.ts';

const inputSchema = z.strictObject({
  composition: compositionSchema,
  /** Storage keys of what was spoken, by scene and passage. */
  speech: z.array(z.array(z.strictObject({ soundKey: z.string(), wordsKey: z.string() }))),
  /** Local files of the words. */
  words: z.array(z.array(z.string())),
  folder: z.string(),
});

/** Turns measured speech into exact frames and samples: writes `plan.json` into the folder. */
serveChild(async (input) => {
  const { composition, speech, words, folder } = inputSchema.parse(input);
  const measured = await Promise.all(words.map((files) => Promise.all(files.map(readMeasured))));
  const timeline = buildTimeline(composition, (scene, passage) => at(at(measured, scene), passage));
  const plan: PlanFile = {
    timeline,
    chunks: keyedChunks(timeline),
    speech: timeline.speech.map(({ sceneIndex, passageIndex, startSample }) => ({
      soundKey: at(at(speech, sceneIndex), passageIndex).soundKey,
      startSample,
    })),
    ...musicOf(composition),
  };
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
  return null;
});

/** A chunk is stored under the hash of what can be seen in it and of the code that draws and encodes. */
function keyedChunks(timeline: Timeline): PlannedChunk[] {
  const code = codeVersion(['drawing', 'media', 'timeline']);
  return planChunks(timeline).map(({ startFrame, frameCount, content }) => ({
    key: contentKey('chunk', toJson({ code, content }), 'mp4'),
    startFrame,
    frameCount,
  }));
}

async function readMeasured(file: string) {
  return readSpeechWords(await readFile(file, 'utf8'));
}

function musicOf({ music }: Composition): Pick<PlanFile, 'music'> {
  return music === undefined ? {} : { music };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`);
  return item;
}
