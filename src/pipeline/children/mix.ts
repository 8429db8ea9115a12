import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { mixAudio } from '../../media/index.ts';
import { musicSchema } from '../../protocol/index.ts';
import { toJson } from '../export-input.ts';

const inputSchema = z.strictObject({
  totalSamples: z.int(),
  narration: z.array(z.strictObject({ file: z.string(), startSample: z.int() })),
  music: musicSchema.extend({ file: z.string() }).optional(),
  file: z.string(),
});

/** Mixes the whole programme's sound into `file`. */
serveChild(async (input, { signal, progress }) => {
  const request = inputSchema.parse(input);
  const onProgress = (fraction: number): void => progress(fraction, 'Mixing the sound');
  return toJson(await mixAudio({ ...request, signal, onProgress }));
});
