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
  { curve, channels, startSample }: { curve: GainCurve; channels: number; startSample: number },
): void {
  const count = block.length / channels;
  for (let sample = 0; sample < count; sample += 1) {
    const position = startSample + sample;
    const cell = Math.floor(position / cellSamples);
    const from = curve[cell] ?? 1;
    const to = curve[cell + 1] ?? from;
    const gain = from + ((to - from) * (position - cell * cellSamples)) / cellSamples;
    for (let channel = 0; channel < channels; channel += 1) {
      const index = sample * channels + channel;
      block[index] = (block[index] ?? 0) * gain;
    }
  }
}

export function decibelsToGain(decibels: number): number {
  return 10 ** (decibels / 20);
}

export function gainToDecibels(gain: number): number {
  return 20 * Math.log10(gain);
}
