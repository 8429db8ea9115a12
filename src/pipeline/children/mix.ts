import { z } from 'zod';
import type { ChildWork } from '../../engine/index.ts';
import { type ClipSound, mixAudio } from '../../media/index.ts';
import { loudnessSchema, musicSchema } from '../../protocol/index.ts';
import { toJson } from '../export-input.ts';
import { soundFormats } from '../stages/mix.ts';

const placed = { file: z.string(), startSample: z.int() };

const inputSchema = z.strictObject({
  totalSamples: z.int(),
  speech: z.array(z.strictObject(placed)),
  voiceOvers: z.array(
    z.strictObject({
      ...placed,
      source: z.string(),
      gainDb: z.number(),
      speech: z.array(z.strictObject({ startSeconds: z.number(), endSeconds: z.number() })),
    }),
  ),
  clips: z.array(
    z.strictObject({
      ...placed,
      source: z.string(),
      sampleCount: z.int(),
      startSeconds: z.number(),
      endSeconds: z.number(),
      speed: z.number(),
      loop: z.boolean(),
      gainDb: z.number(),
    }),
  ),
  music: musicSchema.extend({ file: z.string() }).optional(),
  loudness: loudnessSchema,
  format: z.enum(soundFormats),
  /** Where the mix is written. */
  file: z.string(),
});

/** Mixes the whole programme's sound into `file`. */
export const work: ChildWork = async (input, { signal, progress }) => {
  const { speech, voiceOvers, loudness, ...request } = inputSchema.parse(input);
  const onProgress = (fraction: number): void => progress(fraction, 'Mixing the sound');
  const narration = [...speech, ...voiceOvers].toSorted((a, b) => a.startSample - b.startSample);
  const clips = request.clips.map(clipSound);
  return toJson(await mixAudio({ ...request, clips, narration, target: loudness, signal, onProgress }));
};

function clipSound({
  sampleCount: lengthSamples,
  startSeconds: mediaStartSeconds,
  endSeconds: mediaEndSeconds,
  source: _,
  ...rest
}: z.output<typeof inputSchema>['clips'][number]): ClipSound {
  return { ...rest, lengthSamples, mediaStartSeconds, mediaEndSeconds };
}
