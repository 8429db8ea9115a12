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

/** Multiplies interleaved stereo samples, the first of which is at `startSample`, by the curve. In place. */
export function applyGain(
  block: Float32Array,
  { curve, startSample }: { curve: GainCurve; startSample: number },
): void {
  const count = block.length / 2;
  for (let sample = 0; sample < count; ) {
    const position = startSample + sample;
    const cell = Math.floor(position / cellSamples);
    const offset = position - cell * cellSamples;
    const end = Math.min(count, sample + cellSamples - offset);
    const from = curve[cell] ?? 1;
    const step = ((curve[cell + 1] ?? from) - from) / cellSamples;
    if (step === 0) scale(block.subarray(sample * 2, end * 2), from);
    else ramp(block.subarray(sample * 2, end * 2), { gain: from + step * offset, step });
    sample = end;
  }
}

/** Multiplies all samples by one gain, in place. */
export function scale(block: Float32Array, gain: number): void {
  if (gain === 1) return;
  for (let index = 0; index < block.length; index += 1) block[index] = (block[index] ?? 0) * gain;
}

function ramp(block: Float32Array, { gain, step }: { gain: number; step: number }): void {
  for (let index = 0, at = gain; index < block.length; index += 2, at += step) {
    block[index] = (block[index] ?? 0) * at;
    block[index + 1] = (block[index + 1] ?? 0) * at;
  }
}

export function decibelsToGain(decibels: number): number {
  return 10 ** (decibels / 20);
}

export function gainToDecibels(gain: number): number {
  return 20 * Math.log10(gain);
}
