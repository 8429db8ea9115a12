/**
 * A level that changes slowly, as one gain (a factor) at every border of a cell, in straight lines between: entry i
 * belongs to sample i x cellSamples.
 */
export type GainCurve = Float32Array;

/** Samples at 48 kHz: 1 ms. */
export const cellSamples = 48;

/** How many entries a curve over so many samples has. */
export function curveLength(sampleCount: number): number {
  return Math.ceil(sampleCount / cellSamples) + 1;
}

/** Multiplies interleaved samples, the first of which is at `startSample`, by the curve. In place. */
export function applyGain(
  block: Float32Array,
  { curve, startSample, channels = 2 }: { curve: GainCurve; startSample: number; channels?: 1 | 2 },
): void {
  const count = block.length / channels;
  for (let sample = 0; sample < count; ) {
    const position = startSample + sample;
    const cell = Math.floor(position / cellSamples);
    const offset = position - cell * cellSamples;
    const end = Math.min(count, sample + cellSamples - offset);
    const from = curve[cell] ?? 1;
    const step = ((curve[cell + 1] ?? from) - from) / cellSamples;
    let gain = from + step * offset;
    for (; sample < end; sample += 1, gain += step) {
      for (let index = sample * channels; index < (sample + 1) * channels; index += 1) {
        block[index] = (block[index] ?? 0) * gain;
      }
    }
  }
}

/** Multiplies all samples by one gain, in place. */
export function scale(block: Float32Array, gain: number): void {
  if (gain === 1) return;
  for (let index = 0; index < block.length; index += 1) block[index] = (block[index] ?? 0) * gain;
}

export function decibelsToGain(decibels: number): number {
  return 10 ** (decibels / 20);
}

export function gainToDecibels(gain: number): number {
  return 20 * Math.log10(gain);
}
