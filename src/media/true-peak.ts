import { cellSamples } from './gain-curve.ts';
import { type PcmFile, spans } from './pcm-file.ts';
import type { ProgrammeLevels } from './programme-levels.ts';
import { isDualMono } from './stereo.ts';

/** Finds how high a sound goes, between its samples too: that is where a player's converter will go. */
export interface TruePeakMeter {
  /** Takes the next samples, interleaved stereo. */
  push(block: Float32Array): void;
  /** The highest absolute value of either channel, once everything was pushed. */
  finish(): number;
}

/** Four times oversampled, as ITU-R BS.1770 describes it; sounds that cannot be higher than what was seen are passed over. */
export function createTruePeakMeter(): TruePeakMeter {
  /** The last samples of each channel. */
  let carried: readonly Float32Array[] = [new Float32Array(reach), new Float32Array(reach)];
  let highest = 0;
  const push = (block: Float32Array) => {
    const tallest = Math.max(tallestOf(block), ...carried.map(tallestOf));
    if (tallest * mostOvershoot > highest) {
      const channels = isSameInBoth(carried, block) ? carried.slice(0, 1) : carried;
      for (const [channel, past] of channels.entries())
        highest = highestAbove(append(past, block, channel), highest);
    }
    const last = block.subarray(-reach * 2);
    carried = carried.map((past, channel) => append(past, last, channel).slice(-reach));
  };
  return {
    push,
    finish: () => {
      push(new Float32Array(half * 2));
      return highest;
    },
  };
}

/**
 * Raises the peaks of a programme's cells to what lies between their samples, where that can be above a value; cells that
 * stay below it in any case keep the peak of their samples.
 */
export async function markTruePeaks(
  programme: PcmFile,
  { peaks }: ProgrammeLevels,
  { above, signal }: { above: number; signal: AbortSignal | undefined },
): Promise<void> {
  for await (const { startSample, count } of spans(programme.sampleCount, signal)) {
    const firstCell = startSample / cellSamples;
    const inSpan = peaks.subarray(firstCell, Math.ceil((startSample + count) / cellSamples));
    const canBeAbove = inSpan.map((peak, index) => {
      const cell = firstCell + index;
      const around = Math.max(peak, peaks[cell - 1] ?? 0, peaks[cell + 1] ?? 0);
      return around * mostOvershoot > above ? 1 : 0;
    });
    if (!canBeAbove.includes(1)) continue;
    for (const samples of readAround(programme, startSample, count)) {
      raisePeaks(inSpan, { canBeAbove, samples });
    }
  }
}

function raisePeaks(
  peaks: Float32Array,
  { canBeAbove, samples }: { canBeAbove: Float32Array; samples: Float32Array },
): void {
  for (let cell = 0; cell < peaks.length; cell += 1) {
    if (canBeAbove[cell] === 0) continue;
    peaks[cell] = highestIn(samples, { from: cell * cellSamples, highest: peaks[cell] ?? 0 });
  }
}

/** Samples on each side of a point that its value is made from. */
const half = 12;
const taps = 2 * half;
/** Samples that must be known before the first new one is measured, and kept for the next block. */
const reach = taps - 1;

function isSameInBoth([left, right]: readonly Float32Array[], block: Float32Array): boolean {
  return isDualMono(block) && left?.every((sample, index) => sample === right?.[index]) === true;
}

/** The highest absolute value. */
function tallestOf(samples: Float32Array): number {
  let tallest = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[index] ?? 0;
    const height = sample < 0 ? -sample : sample;
    if (height > tallest) tallest = height;
  }
  return tallest;
}

/** Past samples of one channel and the new ones behind them. */
function append(past: Float32Array, block: Float32Array, channel: number): Float32Array {
  const samples = new Float32Array(past.length + block.length / 2);
  samples.set(past);
  for (let from = channel, to = past.length; from < block.length; from += 2, to += 1)
    samples[to] = block[from] ?? 0;
  return samples;
}

/** The highest value of a channel if it is above one that is known already, which is returned otherwise. */
function highestAbove(samples: Float32Array, known: number): number {
  let highest = known;
  for (let from = 0; from + reach < samples.length; from += cellSamples) {
    if (highestSample(samples, from) * mostOvershoot > highest)
      highest = highestIn(samples, { from, highest });
  }
  return highest;
}

/** Of all samples that the points of a cell are made from. */
function highestSample(samples: Float32Array, from: number): number {
  const end = Math.min(samples.length, from + cellSamples + reach);
  let highest = 0;
  for (let index = from; index < end; index += 1) {
    const sample = samples[index] ?? 0;
    if (sample > highest) highest = sample;
    else if (-sample > highest) highest = -sample;
  }
  return highest;
}

/** The highest point of a cell whose first sample has `half - 1` samples in front of it from `from` on. */
function highestIn(samples: Float32Array, { from, highest }: { from: number; highest: number }): number {
  let peak = highest;
  const end = Math.min(from + cellSamples, samples.length - reach);
  for (let first = from; first < end; first += 1) {
    const around = highestAround(samples, first);
    if (around > peak) peak = around;
  }
  return peak;
}

/** The sample in the middle of the window that begins at `first`, and the three points between it and the next. */
function highestAround(samples: Float32Array, first: number): number {
  let highest = Math.abs(samples[first + half - 1] ?? 0);
  for (const filter of betweenFilters) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) sum += (filter[tap] ?? 0) * (samples[first + tap] ?? 0);
    highest = Math.max(highest, Math.abs(sum));
  }
  return highest;
}

/** A part of the programme, each channel or one for two that are the same, with what is around it: silence beyond its ends. */
function readAround(programme: PcmFile, startSample: number, count: number): Float32Array[] {
  const before = half - 1;
  const first = Math.max(0, startSample - before);
  const last = Math.min(programme.sampleCount, startSample + count + half);
  const offset = first - (startSample - before);
  if (programme.channels === 1) {
    const samples = new Float32Array(before + count + half);
    programme.read(first, samples.subarray(offset, offset + last - first));
    return [samples];
  }
  const block = new Float32Array((last - first) * 2);
  programme.read(first, block);
  const channels = isDualMono(block) ? [0] : [0, 1];
  return channels.map((channel) => {
    const samples = new Float32Array(before + count + half);
    for (let index = 0; index < last - first; index += 1)
      samples[offset + index] = block[index * 2 + channel] ?? 0;
    return samples;
  });
}

const betweenFilters = [0.25, 0.5, 0.75].map(windowedSinc);

/** How much higher than its samples a sound can go between them. */
const mostOvershoot = Math.max(
  ...betweenFilters.map((filter) => filter.reduce((sum, weight) => sum + Math.abs(weight), 0)),
);

/** Weights of the 24 samples around a point that lies `fraction` of a sample behind the twelfth of them. */
function windowedSinc(fraction: number): Float64Array {
  return Float64Array.from({ length: taps }, (_, tap) => {
    const distance = tap - (half - 1) - fraction;
    const taper = Math.cos((Math.PI * distance) / taps) ** 2;
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * taper;
  });
}
