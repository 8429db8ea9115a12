import type { Table } from '../../protocol/index.ts';
import { type Box, boxAround, mirrorBox, rightOf, wholePixels } from '../box.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { paintBlock } from '../text-block.ts';
import { later, objectEntrance, oneAfterAnother } from './appearances.ts';
import { paintedPart } from './entering-part.ts';
import { freeRegion } from './free-region.ts';
import { fullVisual } from './ground.ts';
import { headingDown, headingStrip, inMiddle } from './heading-strip.ts';
import { paintPanel, panelRadius } from './panel.ts';
import { readingDirection } from './reading-direction.ts';
import type { LayoutPainter, ScenePart, SceneRequest } from './scene-part.ts';
import { sideNotes } from './side-notes.ts';
import { headColor, headTint } from './table-head.ts';
import { type SetRow, type SetTable, setTable } from './table-setting.ts';

/** A table on a card, its rows coming in one after another. */
export const table: LayoutPainter = (surface, request) => {
  const heading = headingStrip(surface, request, { region: freeRegion(request) });
  const notes = sideNotes(surface, request, heading.rest);
  const { table: shown } = request.scene;
  const set = shown === undefined ? undefined : setRows(surface, request, { shown, region: notes.rest });
  const down = set === undefined ? 0 : headingDown(request, { box: set.card, region: notes.rest });
  const parts = set === undefined ? [] : tableParts(surface, request, set);
  return { visuals: fullVisual(request), parts: [...heading.partsAt(down), ...notes.parts, ...parts] };
};

interface PlacedTable {
  readonly shown: Table;
  readonly set: SetTable;
  readonly rows: readonly Box[];
  readonly card: Box;
}

/** Undefined for a table of nothing. */
function setRows(
  surface: DrawingSurface,
  request: SceneRequest,
  { shown, region }: { readonly shown: Table; readonly region: Box },
): PlacedTable | undefined {
  const { width, height } = region;
  const set = setTable(surface.context, request, { table: shown, width, height });
  const rows = rowBoxes(set, inMiddle(region, set.height));
  const around = boxAround(rows);
  return around && { shown, set, rows, card: wholePixels(around) };
}

function tableParts(
  surface: DrawingSurface,
  request: SceneRequest,
  { shown, set, rows, card }: PlacedTable,
): ScenePart[] {
  const appears = objectEntrance(request);
  const radius = Math.min(panelRadius(request), (rows[0]?.height ?? 0) / 2);
  const paint = (context: DrawingContext): void => paintPanel(context, request, { box: card, radius });
  const ground = paintedPart(surface, request, { name: 'card', box: card, appears, isGround: true, paint });
  const count = rows.length;
  const rowParts = set.rows.flatMap((row, index) => {
    const box = rows[index];
    if (box === undefined) return [];
    const shownAt = later(oneAfterAnother(appears, { index, count }), 0.2);
    return [rowPart(surface, request, { shown, set, row, box, index, radius, appears: shownAt })];
  });
  return [ground, ...rowParts];
}

function rowBoxes({ rows }: SetTable, { x, y, width }: Box): Box[] {
  let top = y;
  return rows.map(({ height }) => {
    const box = wholePixels({ x, y: top, width, height });
    top += height;
    return box;
  });
}

function rowPart(
  surface: DrawingSurface,
  request: SceneRequest,
  of: {
    readonly shown: Table;
    readonly set: SetTable;
    readonly row: SetRow;
    readonly box: Box;
    readonly index: number;
    readonly radius: number;
    readonly appears: ReturnType<typeof objectEntrance>;
  },
): ScenePart {
  const { set, row, box, index, appears } = of;
  const isHead = set.rows.length > of.shown.rows.length && index === 0;
  const { panel } = request.theme;
  const paint = (context: DrawingContext): void => {
    paintRowGround(context, request, { ...of, isHead });
    for (const [column, block] of row.cells.entries()) {
      const at = cellPlace(request, of, column);
      paintBlock(context, block, { ...at, color: isHead ? headColor(request.theme) : panel.text });
    }
  };
  return paintedPart(surface, request, {
    name: `row ${index + 1}`,
    box,
    appears,
    paint,
    rise: 16 * request.metrics.unit,
  });
}

/** The head has a tint of the accent, with the card's corners; every other row is a little lighter or darker. */
function paintRowGround(
  context: DrawingContext,
  { theme }: SceneRequest,
  of: {
    readonly set: SetTable;
    readonly box: Box;
    readonly index: number;
    readonly radius: number;
    readonly isHead: boolean;
  },
): void {
  const { set, box, index, radius, isHead } = of;
  const isLast = index === set.rows.length - 1;
  const [above, below] = [index === 0 ? radius : 0, isLast ? radius : 0];
  const tint = isHead ? withOpacity(theme.panel.accent, headTint) : withOpacity(theme.panel.text, 0.045);
  if (!isHead && index % 2 === 1) return;
  context.fillStyle = tint;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, [above, above, below, below]);
  context.fill();
}

/** Columns begin where reading begins; a cell stands on its column's side, in the middle of its row. */
function cellPlace(
  request: SceneRequest,
  {
    shown,
    set,
    row,
    box,
  }: { readonly shown: Table; readonly set: SetTable; readonly row: SetRow; readonly box: Box },
  column: number,
): { readonly x: number; readonly y: number; readonly align: Table['columns'][number]['align'] } {
  const align = shown.columns[column]?.align ?? 'start';
  const block = row.cells[column];
  const width = set.widths[column] ?? 0;
  const from = set.widths.slice(0, column).reduce((sum, each) => sum + each, box.x);
  const room = width - 2 * set.paddingX - (block?.width ?? 0);
  const share = { start: 0, center: 0.5, end: 1 }[align];
  const cell = {
    x: from + set.paddingX + room * share,
    y: box.y + (box.height - (block?.height ?? 0)) / 2,
    width: block?.width ?? 0,
    height: block?.height ?? 0,
  };
  const isMirrored = readingDirection(request) === 'rtl';
  const placed = isMirrored ? mirrorBox(cell, box.x + rightOf(box)) : cell;
  return { x: Math.round(placed.x), y: Math.round(placed.y), align };
}
