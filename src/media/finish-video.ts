import type { Packet } from 'node-av/lib';
import { exactFps, frameRateOf } from '../protocol/frame-rates.ts';
import type { Container } from '../protocol/output.ts';
import type { Chapter } from '../timeline/chapters.ts';
import { sampleRate } from '../timeline/timeline.ts';
import type { VideoChunk } from './chunk-packets.ts';
import { failingAs } from './ffmpeg.ts';
import { joinChunks } from './join-chunks.ts';
import { languageCode } from './language-code.ts';
import { type MediaWriter, openMediaWriter } from './media-writer.ts';
import { placeIndexFirst } from './place-index.ts';
import { openSound } from './sound-packets.ts';
import { addWebmChapters } from './webm-chapters.ts';

export interface FinishRequest {
  /** In order; all encoded with the same settings. */
  readonly chunks: readonly VideoChunk[];
  /** The whole sound, as long as the chunks together: AAC for an MP4, Opus for a WebM. */
  readonly audio: string;
  /** One of `frameRates`. */
  readonly fps: number;
  /** Where the finished video is written. */
  readonly file: string;
  /** MP4 when absent. */
  readonly container?: Container | undefined;
  readonly title?: string | undefined;
  /** What the video is about, in words. */
  readonly comment?: string | undefined;
  /** Of the speech, BCP 47. */
  readonly language?: string | undefined;
  /** From 0 to the end, without gaps. None when absent. */
  readonly chapters?: readonly Chapter[] | undefined;
  readonly signal?: AbortSignal;
  /** Bytes copied so far, of about the chunks' and the sound's size together. The index is written after the last. */
  readonly onProgress?: (bytesCopied: number) => void;
}

/**
 * Joins chunks and sound into one file by copying packets: nothing is encoded again. Frame n of the whole is shown at
 * exactly n / fps (in a WebM at the nearest millisecond), both tracks start at 0, the index comes first, and the same
 * input gives the same bytes.
 *
 * @throws {AuraError} finish_failed, disk_full; the signal's reason after an abort.
 */
export function finishVideo(request: FinishRequest): Promise<void> {
  return failingAs({ code: 'finish_failed', signal: request.signal }, async () => {
    await writeTracks(request);
    const { file, container, chapters = [] } = request;
    const language = languageCode(request.language);
    if (container === 'webm') await addWebmChapters(file, { chapters, language });
    else await placeIndexFirst({ file, chapters, language });
  });
}

async function writeTracks(request: FinishRequest): Promise<void> {
  await using sound = await openSound(request.audio);
  await using video = await joinChunks(request);
  const { file, container, title, comment } = request;
  const { numerator, denominator } = frameRateOf(request.fps);
  const language = languageCode(request.language);
  const tracks = [
    { parameters: video.parameters, timeBase: { num: denominator, den: numerator } },
    { parameters: sound.parameters, timeBase: { num: 1, den: sampleRate }, language },
  ];
  await using writer = await openMediaWriter({ file, container, tracks, title, comment, cuesFirst: true });
  await interleave(request, { writer, video: video.packets(), sound: sound.packets() });
  await writer.finish();
}

interface Copy {
  readonly writer: MediaWriter;
  readonly video: AsyncGenerator<Packet>;
  readonly sound: AsyncGenerator<Packet>;
}

/** Writes whichever track's next packet is earlier, so that a player finds sound and picture side by side. */
async function interleave(
  { fps, signal, onProgress }: FinishRequest,
  { writer, video, sound }: Copy,
): Promise<void> {
  const framesPerSecond = exactFps(fps);
  let bytesCopied = 0;
  let picture = await video.next();
  let tone = await sound.next();
  while (picture.done !== true || tone.done !== true) {
    signal?.throwIfAborted();
    const isPictureNext =
      tone.done === true ||
      (picture.done !== true && secondsOf(picture, framesPerSecond) <= secondsOf(tone, sampleRate));
    const packet = isPictureNext ? picture.value : tone.value;
    bytesCopied += packet.size;
    writer.write(isPictureNext ? 0 : 1, packet);
    onProgress?.(bytesCopied);
    if (isPictureNext) picture = await video.next();
    else tone = await sound.next();
  }
}

function secondsOf(next: IteratorYieldResult<Packet>, ticksPerSecond: number): number {
  return Number(next.value.dts) / ticksPerSecond;
}
