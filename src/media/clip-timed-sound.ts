import { AV_NOPTS_VALUE } from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { type AudioDescription, openAnyAudio } from './decode-audio.ts';
import { createResampler } from './resampler.ts';
import type { AudioSource } from './sound-frames.ts';
import { silence } from './stereo.ts';

/**
 * A file's sound from a moment on, stereo at 48 kHz, in time with its pictures: silence where it begins later than they
 * do, or has a hole, as recordings from browsers have; nothing from a file without sound.
 *
 * @param fromSeconds from the first picture, or from the first sound in a file without pictures.
 * @throws {AuraError} audio_invalid
 */
export async function* timedSound(source: AudioSource, fromSeconds: number): AsyncGenerator<Float32Array> {
  await using audio = await openAnyAudio(source);
  if (audio === undefined) return;
  using resampler = createResampler(2);
  const { description } = audio;
  /** Where the next sample belongs, counted from the moment asked for; below 0 it is not wanted. */
  let position: number | undefined;
  for await (const frame of audio.frames(description.startSeconds + fromSeconds)) {
    const at = placeOf(frame, { description, fromSeconds });
    const known = position ?? at ?? 0;
    const missing = at === undefined ? 0 : at - Math.max(0, known);
    if (position === undefined && known > 0) yield* silence(known);
    else if (position !== undefined && missing > toleratedHole) yield* silence(missing);
    position = position !== undefined && missing > toleratedHole ? (at ?? known) : known;
    for (const block of resampler.push(frame)) {
      yield* wanted(block, position);
      position += block.length / 2;
    }
  }
  for (const block of resampler.flush()) yield* wanted(block, position ?? 0);
}

/** Timestamps are rounded, and encoders are not always exact: 50 ms. */
const toleratedHole = 0.05 * sampleRate;

function placeOf(
  frame: Frame,
  { description, fromSeconds }: { description: AudioDescription; fromSeconds: number },
): number | undefined {
  if (frame.pts === AV_NOPTS_VALUE) return undefined;
  const seconds = Number(frame.pts) * description.secondsPerTick - description.startSeconds - fromSeconds;
  return Math.round(seconds * sampleRate);
}

function* wanted(block: Float32Array, position: number): Generator<Float32Array> {
  const part = position < 0 ? block.subarray(-position * 2) : block;
  if (part.length > 0) yield part;
}
