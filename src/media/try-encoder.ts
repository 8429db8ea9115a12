import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { z } from 'zod';
import { codecs } from '../protocol/output.ts';
import { decodePictures } from './decode-video.ts';
import { encodeVideoChunk } from './encode-video-chunk.ts';
import type { EncoderChoice } from './encoder-options.ts';
import { hardwareEncoders } from './hardware-encoders.ts';
import { openVideoEncoder } from './video-encoder.ts';

const requestSchema = z.strictObject({
  codec: z.enum(codecs),
  hardwareEncoder: z.enum(Object.values(hardwareEncoders).flat()).optional(),
  width: z.int(),
  height: z.int(),
  fps: z.number(),
});

/**
 * A process of its own that `findHardwareEncoder` starts: encodes a few frames as a chunk and looks at them again. Ends
 * with 0 when all of them are right; else its last line on stderr says what was wrong.
 */
async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-encoder-'));
  try {
    const request = requestSchema.parse(JSON.parse(process.argv[2] ?? ''));
    await tellWhyItDoesNotOpen(request);
    await tryChunk(request, join(folder, 'chunk.mp4'));
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const frameCount = 10;
const tolerance = 12;

type TrialRequest = z.output<typeof requestSchema>;

/** FFmpeg's own words, such as that a driver is missing, are better than the code that comes back. */
async function tellWhyItDoesNotOpen(request: TrialRequest): Promise<void> {
  Log.setLevel(AV_LOG_ERROR);
  using _encoder = await openVideoEncoder({ ...request, threads: 1 } satisfies EncoderChoice & TrialRequest);
}

async function tryChunk(request: TrialRequest, file: string): Promise<void> {
  const pixels = new Uint8Array(request.width * request.height * 4);
  const drawFrame = (index: number) => pixels.fill(levelOf(index));
  await encodeVideoChunk({ ...request, frameCount, file, drawFrame });
  let count = 0;
  for await (const picture of decodePictures(file)) {
    const found = picture.pixels[0] ?? -1;
    if (Math.abs(found - levelOf(picture.index)) > tolerance) {
      throw new Error(`frame ${picture.index} came back as grey ${found}, not ${levelOf(picture.index)}`);
    }
    count += 1;
  }
  if (count !== frameCount) throw new Error(`${count} of ${frameCount} frames came back`);
}

/** Each frame another grey. */
function levelOf(index: number): number {
  return 30 + index * 20;
}

await run();
