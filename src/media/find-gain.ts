import { applyGain, decibelsToGain, gainToDecibels } from './gain-curve.ts';
import { limiterCurve } from './limiter.ts';
import { createLoudnessMeter } from './loudness.ts';
import { type PcmFile, spans } from './pcm-file.ts';
import type { MeasuredProgramme } from './programme.ts';
import type { Progress } from './progress.ts';

export interface Mastering {
  /** Stereo, at any level. */
  readonly programme: PcmFile;
  readonly measured: MeasuredProgramme;
  readonly signal: AbortSignal | undefined;
}

export interface Levels {
  /** Before the limiter. */
  readonly gainDb: number;
  /** The limiter's, in dBTP. */
  readonly ceilingDb: number;
}

/**
 * The gain that gives a programme the loudness wanted after limiting. Where the limiter has nothing to do that is a
 * subtraction; otherwise it takes loudness away again, and the gain is found by trying.
 */
export async function findGain(
  mastering: Mastering,
  aims: { lufs: number; ceilingDb: number },
  onProgress: Progress,
): Promise<number> {
  const { lufs: before, peaks } = mastering.measured;
  const highestPeak = peaks.reduce((highest, peak) => Math.max(highest, peak), 0);
  let gainDb = Math.min(aims.lufs - before, highestGainDb);
  const first = gainDb;
  const isReliable = before > quietestReliableLufs;
  let last: { gainDb: number; lufs: number } | undefined;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    if (isReliable && gainToDecibels(highestPeak) + gainDb < aims.ceilingDb) return gainDb;
    const lufs = await loudnessAt(mastering, { gainDb, ceilingDb: aims.ceilingDb });
    onProgress(1 - 0.6 ** attempt);
    const missingLu = aims.lufs - lufs;
    if (Math.abs(missingLu) <= closeEnoughLu) return gainDb;
    const slope = last === undefined ? 1 : (lufs - last.lufs) / (gainDb - last.gainDb);
    last = { gainDb, lufs };
    const wanted = gainDb + missingLu / Math.min(1, Math.max(slope, gentlestSlope));
    gainDb = Math.min(wanted, first + mostLimitingDb, highestGainDb);
    if (gainDb === last.gainDb) return gainDb;
  }
  return gainDb;
}

const mostAttempts = 8;
/** Below, parts of the programme lie under R128's gate at -70, so the whole is even quieter than measured. */
const quietestReliableLufs = -45;
const closeEnoughLu = 0.05;
/** Loudness gained by a decibel of gain, at least: a smaller guess would jump too far. */
const gentlestSlope = 0.2;
/** More limiting than this would crush a voice only to reach a number: then it stays quieter. */
const mostLimitingDb = 20;
/** Beyond this even the quietest recording would be mostly noise. */
const highestGainDb = 60;

async function loudnessAt(mastering: Mastering, levels: Levels): Promise<number> {
  using meter = await createLoudnessMeter({ hasTruePeak: false });
  for await (const block of masteredBlocks(mastering, levels)) meter.push(block);
  return meter.finish().lufs;
}

/** The programme with gain and limiter applied, interleaved stereo, a second at a time. */
export async function* masteredBlocks(
  mastering: Mastering,
  levels: Levels,
  onProgress?: Progress,
): AsyncGenerator<Float32Array> {
  const { programme, measured, signal } = mastering;
  const gain = decibelsToGain(levels.gainDb);
  const curve = limiterCurve(measured.peaks, { gain, ceiling: decibelsToGain(levels.ceilingDb) });
  for await (const { startSample, count } of spans(programme.sampleCount, signal)) {
    const block = new Float32Array(count * 2);
    programme.read(startSample, block);
    applyGain(block, { curve, channels: 2, startSample });
    yield block;
    onProgress?.((startSample + count) / programme.sampleCount);
  }
}
