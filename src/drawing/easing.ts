/** Limits to 0..1. */
export function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Where `at` lies between two times, 0 to 1. */
export function progressBetween(at: number, start: number, end: number): number {
  return end > start ? clamp01((at - start) / (end - start)) : at >= start ? 1 : 0;
}

/** Fast, then gently to rest. */
export function easeOut(progress: number): number {
  return 1 - (1 - progress) ** 3;
}

/** Gently away and gently to rest. */
export function easeInOut(progress: number): number {
  return progress * progress * (3 - 2 * progress);
}

/** Away and to rest with force: for what crosses the whole canvas. */
export function easeInOutStrongly(progress: number): number {
  return progress < 0.5 ? 4 * progress ** 3 : 1 - 4 * (1 - progress) ** 3;
}

/** To a little more than 1 and back to it. */
export function easeOutBeyond(progress: number): number {
  const beyond = 1.9;
  return 1 + (beyond + 1) * (progress - 1) ** 3 + beyond * (progress - 1) ** 2;
}
