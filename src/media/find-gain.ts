import { decibelsToGain } from './gain-curve.ts';
import type { Limiter } from './limiter.ts';
import { loudnessWith, type ProgrammeLevels } from './programme-levels.ts';

export interface Levels {
  /** Before the limiter. */
  readonly gainDb: number;
  /** The limiter's, in dBTP. */
  readonly ceilingDb: number;
}

/**
 * The gain, in dB, that gives a programme the loudness wanted after limiting. Where the limiter has nothing to do that is
 * a subtraction; otherwise it takes loudness away again, and the gain is found by trying, on the levels alone.
 */
export function findGain(
  levels: ProgrammeLevels,
  { limiter, ...aims }: { readonly limiter: Limiter; readonly lufs: number; readonly ceilingDb: number },
): number {
  const first = Math.min(aims.lufs - loudnessWith(levels), highestGainDb);
  let gainDb = first;
  let last: { gainDb: number; lufs: number } | undefined;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const lufs = loudnessAt(levels, { limiter, gainDb, ceilingDb: aims.ceilingDb });
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

const mostAttempts = 12;
const closeEnoughLu = 0.01;
/** Loudness gained by a decibel of gain, at least: a smaller guess would jump too far. */
const gentlestSlope = 0.2;
/** More limiting than this would crush a voice only to reach a number: then it stays quieter. */
const mostLimitingDb = 20;
/** Beyond this even the quietest recording would be mostly noise. */
const highestGainDb = 60;

function loudnessAt(
  levels: ProgrammeLevels,
  { limiter, gainDb, ceilingDb }: Levels & { readonly limiter: Limiter },
): number {
  const [gain, ceiling] = [decibelsToGain(gainDb), decibelsToGain(ceilingDb)];
  return loudnessWith(levels, limiter.curve({ gain, ceiling }));
}

/** Below this height a programme's peaks stay under the ceiling, as a factor of full scale. */
export function highestUnlimited({ gainDb, ceilingDb }: Levels): number {
  return decibelsToGain(ceilingDb - gainDb);
}
