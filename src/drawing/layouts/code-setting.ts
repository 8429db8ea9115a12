import type { TimelineCode } from '../../timeline/index.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { setTextStyle, type TextStyle } from '../text-style.ts';
import { type CodeRow, codeRuler } from './code-rows.ts';
import { codeStyle } from './letter-styles.ts';
import type { SceneRequest } from './scene-part.ts';

/** Code set for a window. Pixels. */
export interface CodeSetting {
  readonly style: TextStyle;
  /** Whole pixels, so that stretches of rows can be drawn apart. */
  readonly rowHeight: number;
  readonly rows: readonly CodeRow[];
  /** Of the line numbers, with the distance to the code. */
  readonly gutter: number;
}

/**
 * Of the theme's size. Long code shrinks as far as one can read; then its lines are broken, and it scrolls. What is upright
 * is seen on a phone, where code needs larger type and has more rows for it.
 */
const sizes = {
  wide: { largest: 1, smallest: 0.6 },
  square: { largest: 1.1, smallest: 0.78 },
  tall: { largest: 1.25, smallest: 0.84 },
};
const lineHeight = 1.52;
/** Between line numbers and code, in shares of the type size. */
const gutterGap = 1.3;

export function setCode(
  context: DrawingContext,
  request: SceneRequest,
  { code, width, height }: { readonly code: TimelineCode; readonly width: number; readonly height: number },
): CodeSetting {
  const style = (size: number): TextStyle => codeStyle(request, size);
  const ruler = codeRuler(context, code.lines, style);
  const gutter = gutterShare(context, style(100), code.lines.length);
  const usual = request.theme.type.codeSize * request.metrics.unit;
  const shares = sizes[request.metrics.shape];
  const largest = usual * shares.largest;
  const widestFit = width / (gutter + ruler.widest);
  const highestFit = height / (code.lines.length * lineHeight) - 0.5 / lineHeight;
  const smallest = Math.min(usual * shares.smallest, height / (3 * lineHeight));
  const size = Math.max(smallest, Math.min(largest, widestFit, Math.max(highestFit, smallest)));
  const rows = ruler.rows(width / size - gutter);
  return {
    style: style(size),
    rowHeight: Math.max(1, Math.round(size * lineHeight)),
    rows: scaled(rows, size),
    gutter: gutter * size,
  };
}

function gutterShare(context: DrawingContext, style: TextStyle, lineCount: number): number {
  context.save();
  setTextStyle(context, style);
  const { width } = context.measureText('0'.repeat(Math.max(2, String(lineCount).length)));
  context.restore();
  return width / style.size + gutterGap;
}

function scaled(rows: readonly CodeRow[], size: number): CodeRow[] {
  return rows.map((row) => ({
    ...row,
    tokens: row.tokens.map((token) => ({ ...token, x: token.x * size })),
  }));
}

/** From the left edge of the window to where line numbers end. */
export function numbersEnd({ gutter, style }: CodeSetting): number {
  return gutter - gutterGap * style.size;
}
