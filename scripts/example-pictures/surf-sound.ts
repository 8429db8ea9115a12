import { seededRandom } from './canvas.ts';

const sampleRate = 48_000;

/** Waves running up a beach: noise that swells and darkens, twice in the given time. Interleaved stereo, without a seam. */
export async function* surfBlocks(seconds: number): AsyncGenerator<Float32Array> {
  const sampleCount = seconds * sampleRate;
  const left = filteredNoise(sampleCount, 3);
  const right = filteredNoise(sampleCount, 4);
  for (let start = 0; start < sampleCount; start += sampleRate) {
    const block = new Float32Array(Math.min(sampleRate, sampleCount - start) * 2);
    for (let index = 0; index < block.length / 2; index += 1) {
      block[index * 2] = left[start + index] ?? 0;
      block[index * 2 + 1] = right[start + index] ?? 0;
    }
    yield block;
  }
}

/** White noise through one low pass that opens as a wave breaks. Run through twice, so that the end meets the beginning. */
function filteredNoise(sampleCount: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const noise = Float32Array.from({ length: sampleCount }, () => random() * 2 - 1);
  const sound = new Float32Array(sampleCount);
  let low = 0;
  for (let step = 0; step < sampleCount * 2; step += 1) {
    const at = step % sampleCount;
    const phase = ((at / sampleCount) * 2) % 1;
    const swell = phase < 0.35 ? Math.sin((phase / 0.35) * (Math.PI / 2)) ** 2 : ((1 - phase) / 0.65) ** 1.6;
    low += (0.015 + 0.11 * swell) * ((noise[at] ?? 0) - low);
    sound[at] = low * (0.25 + 0.75 * swell) * 0.9;
  }
  return sound;
}
