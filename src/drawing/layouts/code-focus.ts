import type { TimelineCode } from '../../timeline/index.ts';
import { easeInOut, progressBetween } from '../easing.ts';

/** Rows of code, from 0, the end not included. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** What the attention is on: on its way from one place to the next. */
export interface FocusMoment {
  /** Undefined: on all of the code. */
  readonly before: RowRange | undefined;
  readonly after: RowRange | undefined;
  /** 0 to 1, eased. */
  readonly progress: number;
}

/** How long the light takes from one place to the next; less where the one after that is sooner. */
export const focusSeconds = 0.6;

/** Where the attention is at a time. @param rowsOf The rows of lines, which are counted from 1; undefined for all. */
export function focusAt(
  focus: TimelineCode['focus'],
  rowsOf: (lines: { readonly from: number; readonly to: number }) => RowRange | undefined,
  atSeconds: number,
): FocusMoment {
  const index = focus.findLastIndex(({ startSeconds }) => startSeconds <= atSeconds);
  const current = focus[index];
  if (current === undefined) return { before: undefined, after: undefined, progress: 1 };
  const before = focus[index - 1];
  const next = focus[index + 1]?.startSeconds ?? Number.POSITIVE_INFINITY;
  const end = Math.min(current.startSeconds + focusSeconds, next);
  return {
    before: before && rowsOf(before),
    after: rowsOf(current),
    progress: easeInOut(progressBetween(atSeconds, current.startSeconds, end)),
  };
}

/** Rows that are lit alike. */
export interface LitRows extends RowRange {
  /** 0 dimmed to 1 lit. */
  readonly light: number;
}

/** All rows in few stretches, from the first to the last. */
export function litRows({ before, after, progress }: FocusMoment, rowCount: number): LitRows[] {
  const all = { from: 0, to: rowCount };
  const [one, other] = [before ?? all, after ?? all];
  const edges = [0, one.from, one.to, other.from, other.to, rowCount];
  const sorted = [...new Set(edges)].sort((a, b) => a - b).filter((edge) => edge >= 0 && edge <= rowCount);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] ?? rowCount;
    const inside = (range: RowRange): number => Number(range.from <= from && to <= range.to);
    return { from, to, light: inside(one) + (inside(other) - inside(one)) * progress };
  });
}
