/** Which part of a clip is played, and how. */
export interface ClipTrim {
  /** Where in the clip it begins, in seconds. */
  readonly startSeconds: number;
  /** Where in the clip it ends, in seconds; after the start. */
  readonly endSeconds: number;
  /** Seconds of the clip for each second of the scene. */
  readonly speed: number;
  /** Whether it begins again at its end; otherwise its last picture stays. */
  readonly loop: boolean;
}

/** The time in the clip, in seconds, that is on screen so long after its scene began. */
export function clipTime({ startSeconds, endSeconds, speed, loop }: ClipTrim, sceneSeconds: number): number {
  const length = endSeconds - startSeconds;
  const played = Math.max(0, sceneSeconds) * speed;
  if (!(length > 0)) return startSeconds;
  // The end itself is the first moment that is no longer shown.
  if (!loop) return startSeconds + Math.min(played, length - lastMoment);
  // 0.1 x 3 is 0.30000000000000004: a frame at the very border belongs to the next round, whatever the rounding.
  const rounds = Math.floor(played / length + 1e-9);
  return startSeconds + Math.max(0, played - rounds * length);
}

/** Shorter than any picture is shown, and longer than the rounding of a file's times; in seconds. */
const lastMoment = 0.002;
