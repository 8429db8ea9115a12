import { type GainCurve, cellSamples as shortestCell } from './gain-curve.ts';
import { silenceLufs } from './loudness.ts';
import { isDualMono } from './stereo.ts';

/** How loud a programme is in each cell of a millisecond: enough to know what any gain would make of it. */
export interface ProgrammeLevels {
  /** Sums of the squares of both channels after R128's K-weighting. */
  readonly energies: Float32Array;
  /** The highest absolute value: of the cell's samples, and of the sound between them once that was looked at. */
  readonly peaks: Float32Array;
}

export interface LevelMeter {
  readonly levels: ProgrammeLevels;
  /** Takes the next samples: 48 kHz, interleaved. */
  push(block: Float32Array): void;
}

/**
 * Listens to a programme once. It needs 8 kB of memory for each second of it.
 *
 * @param options.channels 2 when absent. One is heard from both sides.
 * @param options.cellSamples How long a cell is; a millisecond when absent.
 */
export function createLevelMeter(
  sampleCount: number,
  options: { readonly channels?: 1 | 2; readonly cellSamples?: number } = {},
): LevelMeter {
  const { channels = 2, cellSamples = shortestCell } = options;
  const cells = Math.ceil(sampleCount / cellSamples) + 1;
  const [energies, peaks] = [new Float32Array(cells), new Float32Array(cells)];
  const [left, right] = [new Float64Array(4), new Float64Array(4)];
  let position = 0;
  return {
    levels: { energies, peaks },
    push: (block) => {
      const place = { energies, peaks, block, position, stride: channels, cellSamples };
      if (channels === 1 || isDualMono(block)) {
        measureChannel({ ...place, channel: 0, state: left, weight: 2 });
        right.set(left);
      } else {
        measureChannel({ ...place, channel: 0, state: left, weight: 1 });
        measureChannel({ ...place, channel: 1, state: right, weight: 1 });
      }
      position += block.length / channels;
    },
  };
}

interface Measuring extends ProgrammeLevels {
  readonly block: Float32Array;
  /** Of the block's first sample in the programme. */
  readonly position: number;
  readonly cellSamples: number;
  /** Values from a sample to the next. */
  readonly stride: 1 | 2;
  readonly channel: 0 | 1;
  /** What the two filters remember from block to block. */
  readonly state: Float64Array;
  /** For how many channels this one counts. */
  readonly weight: number;
}

/** ITU-R BS.1770-4's two filters at 48 kHz: a shelf for the head, and a high pass. */
const shelf = {
  ...{ b0: 1.53512485958697, b1: -2.69169618940638, b2: 1.19839281085285 },
  ...{ a1: -1.69065929318241, a2: 0.73248077421585 },
};
const highPass = { a1: -1.99004745483398, a2: 0.99007225036621 };

function measureChannel(measuring: Measuring): void {
  const { energies, peaks, block, position, cellSamples, stride, channel, state, weight } = measuring;
  let [s1 = 0, s2 = 0, h1 = 0, h2 = 0] = state;
  const count = block.length / stride;
  for (let sample = 0; sample < count; ) {
    const cell = Math.floor((position + sample) / cellSamples);
    const end = Math.min(count, (cell + 1) * cellSamples - position);
    let energy = 0;
    let peak = peaks[cell] ?? 0;
    for (; sample < end; sample += 1) {
      const input = block[sample * stride + channel] ?? 0;
      const shelved = shelf.b0 * input + s1;
      s1 = shelf.b1 * input - shelf.a1 * shelved + s2;
      s2 = shelf.b2 * input - shelf.a2 * shelved;
      const weighted = shelved + h1;
      h1 = -2 * shelved - highPass.a1 * weighted + h2;
      h2 = shelved - highPass.a2 * weighted;
      energy += weighted * weighted;
      const height = input < 0 ? -input : input;
      if (height > peak) peak = height;
    }
    energies[cell] = (energies[cell] ?? 0) + energy * weight;
    peaks[cell] = peak;
  }
  // Digital silence would otherwise fade into numbers so small that processors are slow with them.
  for (const [index, value] of [s1, s2, h1, h2].entries()) state[index] = Math.abs(value) < 1e-15 ? 0 : value;
}

/**
 * The integrated loudness of a programme, in LUFS, with a gain that changes along the way: as EBU R128 measures it, but
 * for the little that the weighting remembers from before a change of gain.
 */
export function loudnessWith({ energies }: ProgrammeLevels, curve?: GainCurve): number {
  return loudnessOf(stepEnergies(energies, curve));
}

/** The integrated loudness, in LUFS, of cells of {@link stepSamples}. */
export function loudnessOf(steps: ArrayLike<number>): number {
  const blocks = Array.from({ length: Math.max(1, steps.length - 3) }, (_, first) => {
    const sum =
      (steps[first] ?? 0) + (steps[first + 1] ?? 0) + (steps[first + 2] ?? 0) + (steps[first + 3] ?? 0);
    return sum / (4 * stepSamples);
  });
  const loud = blocks.filter((energy) => toLufs(energy) > silenceLufs);
  const gate = toLufs(mean(loud)) - 10;
  const counted = loud.filter((energy) => toLufs(energy) > gate);
  return counted.length === 0 ? silenceLufs : toLufs(mean(counted));
}

/** R128's blocks of 400 ms begin every 100 ms. */
const stepCells = 100;
export const stepSamples = stepCells * shortestCell;

function stepEnergies(energies: Float32Array, curve: GainCurve | undefined): Float64Array {
  const steps = new Float64Array(Math.floor(energies.length / stepCells));
  for (let step = 0; step < steps.length; step += 1) {
    let sum = 0;
    for (let cell = step * stepCells; cell < (step + 1) * stepCells; cell += 1) {
      const gain = curve === undefined ? 1 : ((curve[cell] ?? 1) + (curve[cell + 1] ?? 1)) / 2;
      sum += (energies[cell] ?? 0) * gain * gain;
    }
    steps[step] = sum;
  }
  return steps;
}

function toLufs(energy: number): number {
  return energy > 0 ? -0.691 + 10 * Math.log10(energy) : Number.NEGATIVE_INFINITY;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
