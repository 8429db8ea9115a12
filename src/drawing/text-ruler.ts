import type { DrawingContext } from './drawing-context.ts';
import { setTextStyle, type TextStyle } from './text-style.ts';

/** What texts are measured with. */
export type Ruler = Pick<DrawingContext, 'measureText'>;

/** Type size that a ruler measures at, in pixels. Widths grow with the size, to a thousandth. */
export const rulerSize = 100;

const known = new WeakMap<DrawingContext, Map<string, Map<string, ReturnType<Ruler['measureText']>>>>();

/** More texts than any scene has. */
const mostKept = 20_000;

/**
 * Measures texts in a style as they are at `rulerSize`. To find the size that fits, a text is set at many sizes: what
 * was measured on the same canvas before is remembered.
 */
export function textRuler(context: DrawingContext, style: TextStyle): Ruler {
  const atRuler = { ...style, size: rulerSize, spacing: (style.spacing / style.size) * rulerSize };
  const measures = measuresFor(context, atRuler);
  return {
    measureText: (text) => {
      const before = measures.get(text);
      if (before !== undefined) return before;
      context.save();
      setTextStyle(context, atRuler);
      const measured = context.measureText(text);
      context.restore();
      if (measures.size >= mostKept) measures.clear();
      measures.set(text, measured);
      return measured;
    },
  };
}

function measuresFor(
  context: DrawingContext,
  style: TextStyle,
): Map<string, ReturnType<Ruler['measureText']>> {
  const styles = known.get(context) ?? new Map();
  known.set(context, styles);
  const { face, weight, italic = false, spacing } = style;
  const name = `${weight} ${italic} ${spacing.toFixed(4)} ${face.language} ${face.families}`;
  const measures = styles.get(name) ?? new Map();
  styles.set(name, measures);
  return measures;
}
