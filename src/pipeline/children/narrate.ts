import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChildWork } from '../../engine/index.ts';
import { voiceSchema } from '../../protocol/index.ts';
import { releaseEspeak, speechProviders, writeSpeech } from '../../speech/index.ts';
import { inScene } from '../in-scene.ts';

const inputSchema = z.strictObject({
  language: z.string(),
  voice: voiceSchema,
  passages: z.array(z.strictObject({ text: z.string(), scene: z.string() })),
  folder: z.string(),
});

/** Speaks passages, the first into `0/speech.wav` and `0/speech.json` in the folder, the next into `1`, and so on. */
export const work: ChildWork = async (input, { signal, progress }) => {
  const { folder, passages, language, voice } = inputSchema.parse(input);
  const provider = speechProviders[voice.provider]();
  const length = passages.reduce((sum, { text }) => sum + text.length, 0);
  let spoken = 0;
  for (const [index, { text, scene }] of passages.entries()) {
    const own = join(folder, String(index));
    await mkdir(own);
    const speech = await inScene(scene, () => provider.speak({ text, language, voice }, signal));
    await writeSpeech(own, speech);
    spoken += text.length;
    progress(spoken / length, 'Speaking', index + 1);
  }
  return null;
};

/** Says something to nobody: the engine is loaded then, and its code compiled. Who changes a line waits half a second less. */
export async function prepare(): Promise<void> {
  const voice = voiceSchema.parse({});
  await speechProviders[voice.provider]().speak({ text: anything, language: 'en', voice });
}

const anything =
  'One two three, and a sentence of some length, so that all the code is run that others need.';

export async function release(): Promise<void> {
  releaseEspeak();
}
