import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChildWork } from '../../engine/index.ts';
import { type ClipSound, mixAudio } from '../../media/index.ts';
import { loudnessSchema, musicSchema } from '../../protocol/index.ts';
import { encodeWav } from '../../speech/index.ts';
import { sampleRate } from '../../timeline/index.ts';
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

/** Mixes a hum for nobody: the code is compiled then, without which mixing takes a second longer. */
export async function prepare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-hum-'));
  // Also when the process is told to end meanwhile; Ctrl-C is told to all processes at once.
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const leave = (): void => process.exit(1);
  process.once('exit', remove);
  for (const signal of signals) process.once(signal, leave);
  try {
    const file = join(folder, 'hum.wav');
    const totalSamples = humSeconds * sampleRate;
    await writeFile(file, encodeWav({ sampleRate, samples: hum(totalSamples) }));
    await mixAudio({ totalSamples, narration: [{ file, startSample: 0 }], file: join(folder, 'hum.m4a') });
  } finally {
    process.off('exit', remove);
    for (const signal of signals) process.off(signal, leave);
    remove();
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const humSeconds = 20;

/** With pauses and peaks, as in speech. */
function hum(sampleCount: number): Float32Array {
  return Float32Array.from(
    { length: sampleCount },
    (_, index) => Math.sin(index / 40) * Math.sin(index / 9_000) ** 3 * 0.9,
  );
}

function clipSound({
  sampleCount: lengthSamples,
  startSeconds: mediaStartSeconds,
  endSeconds: mediaEndSeconds,
  source: _,
  ...rest
}: z.output<typeof inputSchema>['clips'][number]): ClipSound {
  return { ...rest, lengthSamples, mediaStartSeconds, mediaEndSeconds };
}
