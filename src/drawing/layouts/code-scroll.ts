import { easeInOut, progressBetween } from '../easing.ts';
import type { FocusMoment, RowRange } from './code-focus.ts';

/** Code that is longer than its window, in pixels. */
export interface Scrolling {
  readonly windowHeight: number;
  readonly rowHeight: number;
  readonly rowCount: number;
  /** From when to when code without a focus is gone through, in seconds. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** How far the code is moved up, in pixels: so that what the attention is on stands in the middle. */
export function scrollAt(of: Scrolling, moment: FocusMoment, atSeconds: number): number {
  const most = of.rowCount * of.rowHeight - of.windowHeight;
  if (most <= 0) return 0;
  if (moment.before === undefined && moment.after === undefined && Number.isFinite(of.toSeconds)) {
    return Math.ceil(most) * easeInOut(progressBetween(atSeconds, of.fromSeconds, of.toSeconds));
  }
  // All of the code is shown from its beginning.
  const [before, after] = [moment.before, moment.after].map((rows) => rows && showing(rows, of, most));
  return (before ?? 0) + ((after ?? 0) - (before ?? 0)) * moment.progress;
}

/** Whole pixels, so that letters at rest are sharp. */
function showing({ from, to }: RowRange, { windowHeight, rowHeight }: Scrolling, most: number): number {
  const height = (to - from) * rowHeight;
  const wanted = height > windowHeight ? from * rowHeight : ((from + to) * rowHeight) / 2 - windowHeight / 2;
  return Math.round(Math.min(most, Math.max(0, wanted)));
}
