/** The picture that watchers of a job were shown last. */
export interface ShownPreview {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly shownAt: number;
}

/** Least time between two pictures of a job, in milliseconds, however many processes draw it. */
const intervalMilliseconds = 2_000;

/** What to show now: the picture that is offered when it is time for another, else still the last one. */
export function newestPreview(
  shown: ShownPreview | undefined,
  offered: string | null,
  now: number,
): ShownPreview | undefined {
  if (offered === null || offered === shown?.path) return shown;
  // A clock that was set back is at once as good as any.
  if (shown !== undefined && Math.abs(now - shown.shownAt) < intervalMilliseconds) return shown;
  return { path: offered, shownAt: now };
}
