import type { FormatContext } from 'node-av/lib';
import { exactFps, secondsAt } from '../protocol/frame-rates.ts';
import type { Codec, Container } from '../protocol/output.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { checkPicture } from './decode-video.ts';
import { expectNear, expectSame } from './expectations.ts';
import { failingAs } from './ffmpeg.ts';
import { describeStreams, inspectStreams, type StreamFacts } from './inspect-streams.ts';
import { finishedFormats, openMedia } from './open-media.ts';
import type { Progress } from './progress.ts';
import { verifyContainer } from './verify-container.ts';
import { compareSound, verifyByListening } from './verify-sound.ts';

export interface VerifyRequest {
  readonly file: string;
  /** MP4 when absent. */
  readonly container?: Container | undefined;
  /** H.264 when absent. */
  readonly codec?: Codec | undefined;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** One of `frameRates`. */
  readonly fps: number;
  readonly frameCount: number;
  readonly durationSeconds: number;
  /** Whether anything is to be heard, where that is known. A silent sound track is there in any case. */
  readonly hasAudio?: boolean | undefined;
  /** The sound that was mixed: the finished file must hold the same. When absent, all of the file's is decoded. */
  readonly sound?: MixedSound | undefined;
  readonly signal?: AbortSignal;
  /** Share of the sound that has been looked through. */
  readonly onProgress?: Progress;
}

/** What `mixAudio` wrote, and how loud it measured that to be. */
export interface MixedSound {
  readonly file: string;
  readonly lufs: number;
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
    await verifyContainer(request.file, request.container ?? 'mp4');
    const context = await openMedia(request.file, finishedFormats);
    try {
      verifyDescriptions(context, request);
      const pictures = verifyPictures(request);
      const [streams] = await Promise.allSettled([verifyStreams(context, request), pictures]);
      // What is wrong with a track says more than that a picture is not there.
      if (streams.status === 'rejected') throw streams.reason;
      const durationSeconds = verifyDuration(context, request);
      await pictures;
      if (request.sound === undefined) await verifyByListening(request);
      return { durationSeconds, streams: streams.value };
    } finally {
      await context.closeInput();
    }
  });
}

function verifyDescriptions(
  context: FormatContext,
  { width, height, fps, codec = 'h264', container = 'mp4' }: VerifyRequest,
): void {
  const picture = `${codec} yuv420p bt709 limited ${width}x${height} at ${fps} fps`;
  const expected = `${picture} and ${soundCodecs[container]} 48000 Hz 2 channels`;
  expectSame('The streams', expected, describeStreams(context).join(' and '));
}

const soundCodecs = { mp4: 'aac', webm: 'opus' } as const satisfies Record<Container, string>;

function verifyDuration(
  context: FormatContext,
  { durationSeconds, frameCount, fps, container = 'mp4' }: VerifyRequest,
): number {
  const found = Number(context.duration) / microsecondsPerSecond;
  const frameSeconds = 1 / exactFps(fps);
  const within = Math.max(frameSeconds, lastPacketSeconds[container]);
  expectNear('The duration in seconds', { expected: durationSeconds, found, within });
  expectNear('The duration of all frames in seconds', {
    expected: secondsAt(frameCount, fps),
    found,
    within: lastPacketSeconds[container],
  });
  expectSame('The start in microseconds', 0n, context.startTime);
  return found;
}

const microsecondsPerSecond = 1_000_000;
/** By how much the last packet of sound can reach beyond the picture; a WebM also rounds to milliseconds. */
const lastPacketSeconds = { mp4: 1024 / sampleRate, webm: 0.022 } as const satisfies Record<
  Container,
  number
>;

/** Reads the file once: the times of the frames and, where it is at hand, that the sound is the one that was mixed. */
async function verifyStreams(context: FormatContext, request: VerifyRequest): Promise<StreamFacts[]> {
  const { frameCount, sound } = request;
  await using comparison = sound && (await compareSound({ ...request, sound, context }));
  const streams = await inspectStreams(context, { ...request, onSound: comparison?.take });
  await comparison?.finish();
  const [video] = streams;
  expectSame('The number of frames', frameCount, video?.packetCount);
  expectSame('The first frame that is not at its time', undefined, video?.misplacedFrame);
  return streams;
}

async function verifyPictures({ file, frameCount }: VerifyRequest): Promise<void> {
  await checkPicture(file, 0);
  await checkPicture(file, frameCount - 1);
}
