import type { FormatContext } from 'node-av/lib';
import { AuraError } from '../protocol/index.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import { decodePicture } from './decode-video.ts';
import { failingAs } from './ffmpeg.ts';
import { inspectStreams, type StreamFacts } from './inspect-streams.ts';
import { createLoudnessMeter, type Loudness, silenceLufs } from './loudness.ts';
import { readMp4Boxes } from './mp4-boxes.ts';
import { mp4Formats, openMedia } from './open-media.ts';
import type { Progress } from './progress.ts';

export interface VerifyRequest {
  readonly file: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly fps: number;
  readonly frameCount: number;
  readonly durationSeconds: number;
  /** Whether anything is to be heard. A silent sound track is there in any case. */
  readonly hasAudio: boolean;
  /** What `mixAudio` measured: the finished file must sound the same. */
  readonly loudness?: Loudness | undefined;
  readonly signal?: AbortSignal;
  /** Share of the sound that has been listened to, which takes nearly all of the time. */
  readonly onProgress?: Progress;
}

export interface VerifiedVideo {
  /** As measured in the file. */
  readonly durationSeconds: number;
  readonly streams: readonly StreamFacts[];
}

/**
 * Opens a finished video again and checks it against what it was meant to be: container, streams, colours, the time of
 * every frame, the first and the last picture, and all of the sound.
 *
 * @throws {AuraError} verification_failed, saying what was expected and what was found.
 */
export function verifyVideo(request: VerifyRequest): Promise<VerifiedVideo> {
  return failingAs({ code: 'verification_failed', signal: request.signal }, async () => {
    await verifyBoxes(request.file);
    const context = await openMedia(request.file, mp4Formats);
    try {
      const streams = await inspectStreams(context, request);
      verifyStreams(streams, request);
      const durationSeconds = verifyDuration(context, request);
      await verifyPictures(request);
      await verifySound(request);
      return { durationSeconds, streams };
    } finally {
      await context.closeInput();
    }
  });
}

/** @throws {AuraError} verification_failed when the two differ. */
function expectSame(what: string, expected: unknown, found: unknown): void {
  if (expected === found) return;
  throw new AuraError(
    'verification_failed',
    `${what}: expected ${String(expected)}, found ${String(found)}.`,
  );
}

function expectNear(
  what: string,
  { expected, found, within }: { expected: number; found: number; within: number },
) {
  if (Math.abs(expected - found) <= within) return;
  const detail = `${what}: expected ${expected} within ${within}, found ${found}.`;
  throw new AuraError('verification_failed', detail);
}

async function verifyBoxes(file: string): Promise<void> {
  const types = (await readMp4Boxes(file)).map(({ type }) => type);
  expectSame(
    'The order of index and data',
    true,
    types.includes('moov') && types.indexOf('moov') < types.indexOf('mdat'),
  );
}

function verifyStreams(
  streams: readonly StreamFacts[],
  { width, height, fps, frameCount }: VerifyRequest,
): void {
  const described = streams.map(({ description }) => description).join(' and ');
  const expected = `h264 yuv420p bt709 limited ${width}x${height} at ${fps} fps and aac 48000 Hz 2 channels`;
  expectSame('The streams', expected, described);
  const [video] = streams;
  expectSame('The number of frames', frameCount, video?.packetCount);
  expectSame('The first frame that is not at its time', undefined, video?.misplacedFrame);
}

function verifyDuration(context: FormatContext, { durationSeconds, frameCount, fps }: VerifyRequest): number {
  const found = Number(context.duration) / microsecondsPerSecond;
  expectNear('The duration in seconds', { expected: durationSeconds, found, within: 1 / fps });
  expectNear('The duration of all frames in seconds', {
    expected: frameCount / fps,
    found,
    within: aacFrameSeconds,
  });
  expectSame('The start in microseconds', 0n, context.startTime);
  return found;
}

const microsecondsPerSecond = 1_000_000;
const aacFrameSeconds = 1024 / sampleRate;

async function verifyPictures({ file, frameCount }: VerifyRequest): Promise<void> {
  await decodePicture(file, 0);
  await decodePicture(file, frameCount - 1);
}

async function verifySound(request: VerifyRequest): Promise<void> {
  const { frameCount, fps, hasAudio, loudness } = request;
  const expectedSamples = (frameCount / fps) * sampleRate;
  const found = await listen(request, expectedSamples);
  expectNear('The samples of sound', { expected: expectedSamples, found: found.samples, within: 1024 });
  expectSame('Something to be heard', hasAudio, found.lufs > silenceLufs);
  if (loudness === undefined) return;
  expectNear('The loudness in LUFS', { expected: loudness.lufs, found: found.lufs, within: 0.1 });
  expectNear('The true peak in dBTP', {
    expected: loudness.truePeakDbtp,
    found: found.truePeakDbtp,
    within: 0.1,
  });
}

async function listen(
  { file, signal, onProgress }: VerifyRequest,
  expectedSamples: number,
): Promise<Loudness & { samples: number }> {
  using meter = await createLoudnessMeter();
  let samples = 0;
  for await (const block of decodeAudio({ file, channels: 2, signal })) {
    meter.push(block);
    samples += block.length / 2;
    onProgress?.(Math.min(1, samples / expectedSamples));
  }
  return { ...meter.finish(), samples };
}
