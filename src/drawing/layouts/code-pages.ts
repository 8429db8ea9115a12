import {
  type DrawingContext,
  type DrawingSurface,
  drawPart,
  type Layer,
  openLayer,
} from '../drawing-context.ts';
import { recent } from '../recent.ts';
import { baselineOf, setTextStyle } from '../text-style.ts';
import type { Theme } from '../themes/index.ts';
import type { RowRange } from './code-focus.ts';
import { type CodeSetting, numbersEnd } from './code-setting.ts';

/** Draws a stretch of rows. @param at Where its first row begins, in pixels. */
export type DrawRows = (
  context: DrawingContext,
  rows: RowRange,
  at: { readonly x: number; readonly y: number },
) => void;

/** A layer of a whole long file would be too high for some canvases: these many rows are painted together. */
const rowsPerPage = 40;
const pagesKept = 3;

/** Paints rows when they are first needed. */
export function codePages(
  surface: DrawingSurface,
  { setting, width, theme }: { readonly setting: CodeSetting; readonly width: number; readonly theme: Theme },
): DrawRows {
  const pages = new Map<number, Layer>();
  const { rowHeight } = setting;
  return (context, { from, to }, { x, y }) => {
    for (let page = Math.floor(from / rowsPerPage); page * rowsPerPage < to; page++) {
      const first = page * rowsPerPage;
      const layer = recent(pages, page, {
        limit: pagesKept,
        make: () => paintPage(surface, { setting, width, theme, first }),
      });
      const start = Math.max(from, first);
      const end = Math.min(to, first + rowsPerPage);
      const part = {
        x: 0,
        y: (start - first) * rowHeight,
        width: layer.width,
        height: (end - start) * rowHeight,
      };
      drawPart(context, layer, { from: part, to: { x, y: y + (start - from) * rowHeight } });
    }
  };
}

function paintPage(
  surface: DrawingSurface,
  of: {
    readonly setting: CodeSetting;
    readonly width: number;
    readonly theme: Theme;
    readonly first: number;
  },
): Layer {
  const { setting, width, theme, first } = of;
  const { style, rowHeight, rows, gutter } = setting;
  const shown = rows.slice(first, first + rowsPerPage);
  const { layer, context } = openLayer(surface, { width, height: shown.length * rowHeight });
  const baseline = baselineOf({ size: style.size, lineHeight: rowHeight });
  setTextStyle(context, style);
  context.direction = 'ltr';
  for (const [index, { lineIndex, isFirst, tokens }] of shown.entries()) {
    const y = index * rowHeight + baseline;
    if (isFirst) {
      context.textAlign = 'right';
      context.fillStyle = theme.code.comment;
      context.fillText(String(lineIndex + 1), numbersEnd(setting), y);
    }
    context.textAlign = 'left';
    for (const { text, kind, x } of tokens) {
      context.fillStyle = theme.code[kind];
      context.fillText(text, gutter + x, y);
    }
  }
  return layer;
}
