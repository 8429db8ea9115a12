import type { Box } from '../box.ts';

/** What a cell would look like best, width to height. */
const bestShape = 1.4;

/**
 * Divides a region into rows of cells, as near as possible to a picture's shape. Every row is full: where the numbers
 * are uneven, the upper rows have fewer and wider cells.
 */
export function pictureRows(
  count: number,
  { region, gap, below }: { readonly region: Box; readonly gap: number; readonly below: number },
): Box[] {
  const arrangements = Array.from({ length: count }, (_, index) => rowsOf(count, index + 1));
  const best = arrangements.reduce((one, other) =>
    strangeness(other, { region, gap, below }) < strangeness(one, { region, gap, below }) ? other : one,
  );
  return cellsOf(best, { region, gap, below });
}

/** How many pictures each row has. */
function rowsOf(count: number, rowCount: number): number[] {
  return Array.from(
    { length: rowCount },
    (_, row) => Math.floor(((row + 1) * count) / rowCount) - Math.floor((row * count) / rowCount),
  );
}

type Into = { readonly region: Box; readonly gap: number; readonly below: number };

/** How far the cells are from their best shape, on average. */
function strangeness(rows: readonly number[], into: Into): number {
  const cells = cellsOf(rows, into);
  const away = cells.map(({ width, height }) => Math.abs(Math.log(width / Math.max(1, height) / bestShape)));
  return away.reduce((sum, each) => sum + each, 0) / cells.length;
}

/** @param into.below Room under each cell, for its label. */
function cellsOf(rows: readonly number[], { region, gap, below }: Into): Box[] {
  const step = (region.height + gap) / rows.length;
  return rows.flatMap((count, row) => {
    const width = (region.width - gap * (count - 1)) / count;
    return Array.from({ length: count }, (_, column) => ({
      x: region.x + column * (width + gap),
      y: region.y + row * step,
      width,
      height: step - gap - below,
    }));
  });
}
