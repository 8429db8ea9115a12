import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { WordTime } from '../protocol/index.ts';
import type { Speech } from './contract.ts';
import { encodeWav } from './wav.ts';

/** What is known of a stored speech without its sound. */
export interface SpeechWords {
  readonly durationSeconds: number;
  readonly words: readonly WordTime[];
}

/**
 * Writes a speech as two files, `speech.wav` and `speech.json`, to be stored as `<key>.wav` and `<key>.json`. Store the
 * JSON last: when it is there, the sound is as well.
 */
export async function writeSpeech(
  folder: string,
  speech: Speech,
): Promise<{ readonly wavFile: string; readonly jsonFile: string }> {
  const wavFile = join(folder, 'speech.wav');
  const jsonFile = join(folder, 'speech.json');
  const words: SpeechWords = {
    durationSeconds: speech.samples.length / speech.sampleRate,
    words: speech.words,
  };
  await writeFile(wavFile, encodeWav(speech));
  await writeFile(jsonFile, JSON.stringify(words));
  return { wavFile, jsonFile };
}

/**
 * Reads the text of the JSON file that `writeSpeech` wrote.
 *
 * @throws {SyntaxError | z.ZodError} when it is anything else.
 */
export function readSpeechWords(json: string): SpeechWords {
  return speechWordsSchema.parse(JSON.parse(json));
}

const speechWordsSchema = z.strictObject({
  durationSeconds: z.number().positive(),
  words: z.array(
    z.strictObject({
      text: z.string().min(1),
      startSeconds: z.number().min(0),
      endSeconds: z.number().positive(),
      textStart: z.int().min(0),
      textEnd: z.int().positive(),
    }),
  ),
});
