import type { GainCurve } from './gain-curve.ts';

/** Keeps a programme under a ceiling. */
export interface Limiter {
  /**
   * The gain that does: it is down before a peak arrives, stays down through it, and comes back slowly. Only levels are looked
   * at, so the sound itself is not delayed. Valid until the next call.
   *
   * @param gain factor applied to everything first; it is part of the result.
   * @param ceiling highest absolute value allowed afterwards.
   */
  curve(levels: { readonly gain: number; readonly ceiling: number }): GainCurve;
}

/**
 * It needs 8 kB of memory for each second, however often it is asked.
 *
 * @param peaks the highest absolute true-peak value in each cell; read at each call.
 */
export function createLimiter(peaks: Float32Array): Limiter {
  const curve = new Float32Array(peaks.length);
  const held = new Float32Array(peaks.length);
  return {
    curve: ({ gain, ceiling }) => {
      for (let cell = 0; cell < peaks.length; cell += 1) {
        curve[cell] = Math.min(1, ceiling / Math.max((peaks[cell] ?? 0) * gain, ceiling));
      }
      lookAhead(curve, held);
      releaseSlowly(held);
      smoothAttack(held, { gain, curve });
      return curve;
    },
  };
}

/** Cells (milliseconds) in which the gain goes down before a peak. */
const attackCells = 5;
/** Share of the way back to 1 that is made in each cell: about 100 ms in all. */
const releaseShare = 0.01;

/** Each border of two cells gets the lowest gain that either of them, or any cell in the attack's reach, needs. */
function lookAhead(needed: Float32Array, held: Float32Array): void {
  for (let border = 0; border < held.length; border += 1) {
    const last = Math.min(needed.length - 1, border + attackCells);
    let lowest = 1;
    for (let cell = Math.max(0, border - 1); cell <= last; cell += 1) {
      const gain = needed[cell] ?? 1;
      if (gain < lowest) lowest = gain;
    }
    held[border] = lowest;
  }
}

function releaseSlowly(held: Float32Array): void {
  let gain = held[0] ?? 1;
  for (let border = 0; border < held.length; border += 1) {
    gain = Math.min(held[border] ?? 1, gain + (1 - gain) * releaseShare);
    held[border] = gain;
  }
}

/** The mean of the borders before: a straight way down that has arrived when the peak does. Then times the gain. */
function smoothAttack(
  held: Float32Array,
  { gain, curve }: { readonly gain: number; readonly curve: Float32Array },
): void {
  for (let border = 0; border < held.length; border += 1) {
    let sum = 0;
    for (let before = 0; before <= attackCells; before += 1) sum += held[Math.max(0, border - before)] ?? 1;
    curve[border] = (sum / (attackCells + 1)) * gain;
  }
}
