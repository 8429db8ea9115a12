import type { Packet } from 'node-av/lib';
import { AuraError } from '../protocol/index.ts';
import { sampleRate } from '../timeline/timeline.ts';
import type { VideoChunk } from './chunk-packets.ts';
import { failingAs } from './ffmpeg.ts';
import { joinChunks } from './join-chunks.ts';
import { languageCode } from './language-code.ts';
import { type Mp4Writer, openMp4Writer } from './mp4-writer.ts';
import { openSound } from './sound-packets.ts';

export interface FinishRequest {
  /** In order; all encoded with the same settings. */
  readonly chunks: readonly VideoChunk[];
  /** What `mixAudio` wrote, as long as the chunks together. */
  readonly audio: string;
  /** Frames per second. */
  readonly fps: number;
  /** Where the finished MP4 is written. */
  readonly file: string;
  readonly title?: string | undefined;
  /** Of the speech, BCP 47. */
  readonly language?: string | undefined;
  readonly signal?: AbortSignal;
  /** Bytes copied so far, of about the chunks' and the sound's size together. The index is written after the last. */
  readonly onProgress?: (bytesCopied: number) => void;
}

/**
 * Joins chunks and sound into one MP4 by copying packets: nothing is encoded again. Frame n of the whole is shown at
 * exactly n / fps, both tracks start at 0, the index comes first, and the same input gives the same bytes.
 *
 * @throws {AuraError} finish_failed, disk_full; the signal's reason after an abort.
 */
export function finishVideo(request: FinishRequest): Promise<void> {
  return failingAs({ code: 'finish_failed', signal: request.signal }, async () => {
    if (request.chunks.length === 0) throw new AuraError('finish_failed', 'There are no chunks to join.');
    await using sound = await openSound(request.audio);
    await using video = await joinChunks(request);
    const { file, fps, title } = request;
    const language = languageCode(request.language);
    const tracks = [
      { parameters: video.parameters, ticksPerSecond: fps },
      { parameters: sound.parameters, ticksPerSecond: sampleRate, language },
    ];
    await using writer = await openMp4Writer({ file, tracks, title, faststart: true });
    await interleave(request, { writer, video: video.packets(), sound: sound.packets() });
    await writer.finish();
  });
}

interface Copy {
  readonly writer: Mp4Writer;
  readonly video: AsyncGenerator<Packet>;
  readonly sound: AsyncGenerator<Packet>;
}

/** Writes whichever track's next packet is earlier, so that a player finds sound and picture side by side. */
async function interleave(
  { fps, signal, onProgress }: FinishRequest,
  { writer, video, sound }: Copy,
): Promise<void> {
  let bytesCopied = 0;
  let picture = await video.next();
  let tone = await sound.next();
  while (picture.done !== true || tone.done !== true) {
    signal?.throwIfAborted();
    const isPictureNext =
      tone.done === true || (picture.done !== true && secondsOf(picture, fps) <= secondsOf(tone, sampleRate));
    const packet = isPictureNext ? picture.value : tone.value;
    bytesCopied += packet.size;
    await writer.write(isPictureNext ? 0 : 1, packet);
    onProgress?.(bytesCopied);
    if (isPictureNext) picture = await video.next();
    else tone = await sound.next();
  }
}

function secondsOf(next: IteratorYieldResult<Packet>, ticksPerSecond: number): number {
  return Number(next.value.dts) / ticksPerSecond;
}
