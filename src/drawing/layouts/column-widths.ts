/** What one column of a table needs, in any unit. */
export interface ColumnNeed {
  /** With every cell on one line. */
  readonly natural: number;
  /** With every cell broken wherever it may be. */
  readonly smallest: number;
}

/**
 * Divides a width among columns by what is in them: all on one line where there is room, the rest spread evenly; else
 * each gets what it cannot do without, and of what is left the more, the more it lacks.
 */
export function columnWidths(needs: readonly ColumnNeed[], width: number): number[] {
  const sum = (of: (need: ColumnNeed) => number): number =>
    needs.reduce((total, need) => total + of(need), 0);
  const natural = sum((need) => need.natural);
  if (natural <= width) return needs.map((need) => need.natural + (width - natural) / needs.length);
  const smallest = sum((need) => need.smallest);
  if (smallest >= width) return needs.map((need) => (need.smallest / smallest) * width);
  const share = (width - smallest) / (natural - smallest);
  return needs.map((need) => need.smallest + (need.natural - need.smallest) * share);
}
