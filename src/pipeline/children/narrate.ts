import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { voiceSchema } from '../../protocol/index.ts';
import { speechProviders, writeSpeech } from '../../speech/index.ts';

const inputSchema = z.strictObject({
  text: z.string(),
  language: z.string(),
  voice: voiceSchema,
  folder: z.string(),
});

/** Speaks one passage into `speech.wav` and `speech.json` in the folder. */
serveChild(async (input, { signal }) => {
  const { folder, ...request } = inputSchema.parse(input);
  const provider = speechProviders[request.voice.provider]();
  await writeSpeech(folder, await provider.speak(request, signal));
  return null;
});
