import { sampleRate } from '../timeline/timeline.ts';

/**
 * The same in both channels, at full level: a voice in the middle is not made quieter.
 *
 * @param stereo Twice as long; filled, interleaved.
 */
export function monoToStereo(mono: Float32Array, stereo: Float32Array): void {
  for (let index = 0; index < mono.length; index += 1) {
    const sample = mono[index] ?? 0;
    stereo[index * 2] = sample;
    stereo[index * 2 + 1] = sample;
  }
}

/** Adds one block to another of the same length, in place. */
export function addTo(target: Float32Array, added: Float32Array): void {
  for (let index = 0; index < target.length; index += 1)
    target[index] = (target[index] ?? 0) + (added[index] ?? 0);
}

/** Whether both channels of an interleaved block are the same. */
export function isDualMono(block: Float32Array): boolean {
  for (let index = 0; index < block.length; index += 2) if (block[index] !== block[index + 1]) return false;
  return true;
}

/** No sound, interleaved, in blocks of a second at most. */
export function* silence(sampleCount: number): Generator<Float32Array> {
  for (let left = sampleCount; left > 0; left -= sampleRate) {
    yield new Float32Array(Math.min(left, sampleRate) * 2);
  }
}
