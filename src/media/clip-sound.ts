import { sampleRate } from '../timeline/timeline.ts';
import { clipFormats } from './clip-source.ts';
import { changeTempo } from './clip-tempo.ts';
import { timedSound } from './clip-timed-sound.ts';
import { audioFormats } from './decode-audio.ts';
import { decibelsToGain } from './gain-curve.ts';
import { addAt, type PcmFile } from './pcm-file.ts';
import type { Progress } from './progress.ts';
import { silence } from './stereo.ts';

/** The sound of a video clip, or of a sound file, as it is heard with the clip's pictures. */
export interface ClipSound {
  readonly file: string;
  /** What people call the file, for errors; its path when absent. */
  readonly name?: string | undefined;
  /** Where in the programme it begins, and for how long it may be heard, in samples at 48 kHz. */
  readonly startSample: number;
  readonly lengthSamples: number;
  /** Which part of the clip is played, in seconds from its first picture; to the end of its sound when absent. */
  readonly mediaStartSeconds: number;
  readonly mediaEndSeconds?: number | undefined;
  /** Seconds of the clip for each second of the programme, 0.25 to 4; the pitch is kept. */
  readonly speed: number;
  /** Whether it begins again at its end. */
  readonly loop: boolean;
  /** Change of its level, in dB: 0 leaves it as it is. */
  readonly gainDb: number;
  /** 0.01 when absent: too short to be heard, long enough not to click. */
  readonly fadeInSeconds?: number | undefined;
  readonly fadeOutSeconds?: number | undefined;
}

interface LayRequest {
  readonly clips: readonly ClipSound[];
  /** Stereo, as long as the programme. */
  readonly track: PcmFile;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: Progress;
}

/** Writes the sound of every clip to its place; where two overlap, both are heard. */
export async function layClips({ clips, track, signal, onProgress }: LayRequest): Promise<void> {
  for (const [index, clip] of clips.entries()) {
    await layClip(clip, track, signal);
    onProgress((index + 1) / clips.length);
  }
}

async function layClip(clip: ClipSound, track: PcmFile, signal: AbortSignal | undefined): Promise<void> {
  const length = Math.min(clip.lengthSamples, track.sampleCount - clip.startSample);
  const envelope = createEnvelope(clip, length);
  let done = 0;
  if (length <= 0) return;
  for await (const block of changeTempo(passes(clip, signal), clip.speed)) {
    const part = block.subarray(0, (length - done) * 2);
    envelope(part, done);
    addAt(track, clip.startSample + done, part);
    done += part.length / 2;
    if (done >= length) return;
  }
}

const declickSeconds = 0.01;

/** Applies level and fades to a block that begins so many samples after the clip did. */
function createEnvelope(clip: ClipSound, length: number): (block: Float32Array, startSample: number) => void {
  const gain = decibelsToGain(clip.gainDb);
  const played = (playedSeconds(clip) * sampleRate) / clip.speed;
  const end = clip.loop ? length : Math.min(length, played);
  const fadeIn = Math.max(1, Math.min((clip.fadeInSeconds ?? declickSeconds) * sampleRate, end / 2));
  const fadeOut = Math.max(1, Math.min((clip.fadeOutSeconds ?? declickSeconds) * sampleRate, end / 2));
  return (block, startSample) => {
    for (let index = 0; index < block.length; index += 1) {
      const position = startSample + (index >> 1);
      const fade = Math.max(0, Math.min(1, position / fadeIn, (end - position) / fadeOut));
      block[index] = (block[index] ?? 0) * gain * fade;
    }
  };
}

function playedSeconds({ mediaStartSeconds, mediaEndSeconds }: ClipSound): number {
  return mediaEndSeconds === undefined ? Number.POSITIVE_INFINITY : mediaEndSeconds - mediaStartSeconds;
}

/** The part that is played, once or again and again. */
async function* passes(clip: ClipSound, signal: AbortSignal | undefined): AsyncGenerator<Float32Array> {
  for (;;) {
    let heard = 0;
    for await (const block of onePass(clip, signal)) {
      heard += block.length;
      yield block;
    }
    if (!clip.loop || heard === 0) return;
  }
}

/** As long as the pictures of a pass, to the sample: where the sound is shorter, silence follows. */
async function* onePass(clip: ClipSound, signal: AbortSignal | undefined): AsyncGenerator<Float32Array> {
  const { file, name, mediaStartSeconds } = clip;
  const length = Math.round(playedSeconds(clip) * sampleRate);
  const formats = [...clipFormats, ...audioFormats];
  let done = 0;
  for await (const block of timedSound({ file, name, formats, signal }, mediaStartSeconds)) {
    const part = block.subarray(0, (length - done) * 2);
    if (clip.loop) softenEdges(part, { done, length });
    done += part.length / 2;
    yield part;
    if (done >= length) return;
  }
  if (Number.isFinite(length) && length > done) yield* silence(length - done);
}

/** Where a pass goes over into the next, the sound jumps: it goes down to nothing and comes up again within 10 ms. */
function softenEdges(block: Float32Array, { done, length }: { done: number; length: number }): void {
  const edge = Math.max(1, Math.min(0.005 * sampleRate, length / 4));
  for (let index = 0; index < block.length; index += 1) {
    const position = done + (index >> 1);
    const gain = Math.min(1, (position + 0.5) / edge, (length - position - 0.5) / edge);
    block[index] = (block[index] ?? 0) * gain;
  }
}
