import type { DrawingContext } from './drawing-context.ts';
import { shapeable } from './shapeable.ts';
import type { Ruler } from './text-ruler.ts';

/** Width of a text drawn with `fillShaped`, in pixels. */
export function measureShaped(ruler: Ruler, text: string): number {
  return runsOf(text).reduce((sum, run) => sum + runWidth(ruler, run), 0);
}

/** `fillText`, or `strokeText`, in which every emoji sequence is one picture. */
export function fillShaped(
  context: DrawingContext,
  text: string,
  at: { readonly x: number; readonly y: number; readonly stroked?: boolean },
): void {
  const runs = runsOf(text);
  if (runs.length === 1 && runs[0]?.isSplitUp === false) {
    write(context, runs[0].text, at);
    return;
  }
  const widths = runs.map((run) => runWidth(context, run));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const order = context.direction === 'rtl' ? runs.toReversed() : runs;
  context.save();
  let x = at.x - whole * (anchors[context.textAlign] ?? 0);
  context.textAlign = 'left';
  for (const run of order) {
    const width = widths[runs.indexOf(run)] ?? 0;
    if (run.isSplitUp) fillBehindGuard(context, run.text, { ...at, x, width });
    else write(context, run.text, { ...at, x });
    x += width;
  }
  context.restore();
}

interface Run {
  readonly text: string;
  readonly isSplitUp: boolean;
}

/**
 * Skia divides a text between signs that are letters by themselves (white flag, heart) and those that are always
 * pictures (rainbow, fire), even inside a sequence that is one picture; not so where an emoji stands before the sequence.
 */
const splitUp = /^(?!\p{Emoji_Presentation})\p{Extended_Pictographic}.*\u200d.*\p{Emoji_Presentation}/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function runsOf(source: string): Run[] {
  const text = shapeable(source);
  if (!text.includes('\u200d')) return [{ text, isSplitUp: false }];
  const runs: Run[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const isSplitUp = splitUp.test(segment);
    const last = runs.at(-1);
    if (last === undefined || isSplitUp || last.isSplitUp) runs.push({ text: segment, isSplitUp });
    else runs[runs.length - 1] = { text: last.text + segment, isSplitUp };
  }
  return runs;
}

const guard = '😀';

function runWidth(ruler: Ruler, { text, isSplitUp }: Run): number {
  if (!isSplitUp) return ruler.measureText(text).width;
  return ruler.measureText(guard + text).width - ruler.measureText(guard).width;
}

const anchors: Partial<Record<DrawingContext['textAlign'], number>> = { right: 1, end: 1, center: 0.5 };

function write(
  context: DrawingContext,
  text: string,
  { x, y, stroked = false }: { readonly x: number; readonly y: number; readonly stroked?: boolean },
): void {
  if (stroked) context.strokeText(text, x, y);
  else context.fillText(text, x, y);
}

/** Higher than any letter, in pixels. */
const tall = 10_000;

function fillBehindGuard(
  context: DrawingContext,
  text: string,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly stroked?: boolean },
): void {
  context.save();
  context.beginPath();
  context.rect(at.x, at.y - tall, at.width, 2 * tall);
  context.clip();
  context.direction = 'ltr';
  write(context, guard + text, { ...at, x: at.x - context.measureText(guard).width });
  context.restore();
}
