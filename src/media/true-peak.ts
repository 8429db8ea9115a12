import { cellSamples, curveLength } from './gain-curve.ts';

/** Finds how high the sound goes, between its samples too: that is where a player's converter will go. */
export interface TruePeakMeter {
  /** Takes the next samples, interleaved stereo. */
  push(block: Float32Array): void;
  /** The highest absolute value in each cell of `cellSamples` samples, once everything was pushed. */
  finish(): Float32Array;
}

/** Four times oversampled, as ITU-R BS.1770 describes it. */
export function createTruePeakMeter(sampleCount: number): TruePeakMeter {
  const peaks = new Float32Array(curveLength(sampleCount));
  let carried: readonly Float32Array[] = [new Float32Array(reach), new Float32Array(reach)];
  // The first `half` samples in front of the first one are silence.
  let position = -half;
  const push = (block: Float32Array) => {
    const channels = carried.map((past, channel) => append(past, block, channel));
    const isDualMono = isEqual(channels);
    for (const samples of isDualMono ? channels.slice(0, 1) : channels)
      markPeaks({ peaks, samples, position });
    position += block.length / 2;
    carried = channels.map((samples) => samples.slice(-reach));
  };
  return {
    push,
    finish: () => {
      push(new Float32Array(half * 2));
      return peaks;
    },
  };
}

/** Samples on each side of a point that its value is made from. */
const half = 12;
/** Samples that must be known before the first new one is measured, and kept for the next block. */
const reach = 2 * half - 1;

/** Past samples of one channel and the new ones behind them. */
function append(past: Float32Array, block: Float32Array, channel: number): Float32Array {
  const samples = new Float32Array(past.length + block.length / 2);
  samples.set(past);
  for (let from = channel, to = past.length; from < block.length; from += 2, to += 1)
    samples[to] = block[from] ?? 0;
  return samples;
}

function isEqual([left, right]: readonly Float32Array[]): boolean {
  return left?.every((sample, index) => sample === right?.[index]) ?? true;
}

interface Measuring {
  readonly peaks: Float32Array;
  readonly samples: Float32Array;
  /** Of the first sample that is measured, in the programme. */
  readonly position: number;
}

function markPeaks({ peaks, samples, position }: Measuring): void {
  for (let first = 0; first + reach < samples.length; first += 1) {
    const cell = Math.floor((position + first) / cellSamples);
    const peak = highestAround(samples, first);
    if (cell >= 0 && peak > (peaks[cell] ?? 0)) peaks[cell] = peak;
  }
}

/** The sample in the middle of the window that begins at `first`, and the three points between it and the next. */
function highestAround(samples: Float32Array, first: number): number {
  let highest = Math.abs(samples[first + half - 1] ?? 0);
  for (const filter of betweenFilters) {
    let sum = 0;
    for (let tap = 0; tap < filter.length; tap += 1) sum += (filter[tap] ?? 0) * (samples[first + tap] ?? 0);
    highest = Math.max(highest, Math.abs(sum));
  }
  return highest;
}

const betweenFilters = [0.25, 0.5, 0.75].map(windowedSinc);

/** Weights of the 24 samples around a point that lies `fraction` of a sample behind the twelfth of them. */
function windowedSinc(fraction: number): Float64Array {
  return Float64Array.from({ length: 2 * half }, (_, tap) => {
    const distance = tap - (half - 1) - fraction;
    const taper = Math.cos((Math.PI * distance) / (2 * half)) ** 2;
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * taper;
  });
}
