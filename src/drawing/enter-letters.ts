import { type DrawingContext, drawPart, type PlacedLayer } from './drawing-context.ts';
import { easeInOut } from './easing.ts';
import {
  type Across,
  type EnteringLine,
  type EnteringState,
  partOf,
  type WrittenLayer,
} from './entering-layer.ts';

/** Draws as many letters as are written at a moment: at an even pace, as one types. */
export function drawLetters(
  context: DrawingContext,
  { letters, x, y }: WrittenLayer,
  { shown, opacity }: EnteringState,
): void {
  const letterCount = letters.lines.reduce((sum, { letterEnds }) => sum + letterEnds.length, 0);
  const { width } = letters.layer;
  const started = writtenLines(letters.lines, Math.floor(shown * letterCount));
  if (letters.shade !== undefined) {
    for (const { line, written } of started) {
      drawWrittenShade(context, { layer: letters.shade, x, y }, { line, written, opacity });
    }
  }
  context.globalAlpha = opacity;
  for (const { line, written } of started) {
    const from = partOf(line.strip, writtenPart(line, { written, width }));
    drawPart(context, letters.layer, { from, to: { x: x + from.x, y: y + line.strip.y } });
  }
  context.globalAlpha = 1;
}

/** The lines that have begun, and how many of their letters are written. */
function writtenLines(
  lines: readonly EnteringLine[],
  written: number,
): { readonly line: EnteringLine; readonly written: number }[] {
  let left = written;
  return lines.flatMap((line) => {
    const own = left;
    left -= line.letterEnds.length;
    return own > 0 ? [{ line, written: own }] : [];
  });
}

/** How many steps a soft end has. */
const softSteps = 28;

/** Under what is written, and a little further, ever fainter. */
function drawWrittenShade(
  context: DrawingContext,
  { layer, x, y }: PlacedLayer,
  of: { readonly line: EnteringLine; readonly written: number; readonly opacity: number },
): void {
  const { line, written, opacity } = of;
  const { width } = layer;
  const { shade, direction, softness, letterEnds } = line;
  const draw = (part: Across, alpha: number): void => {
    context.globalAlpha = alpha * opacity;
    const from = partOf(shade, direction === 'ltr' ? part : { ...part, x: width - part.x - part.width });
    drawPart(context, layer, { from, to: { x: x + from.x, y: y + shade.y } });
  };
  const end = letterEnds[written - 1];
  const isWhole = end === undefined || written >= letterEnds.length;
  // From the side where the line begins; its end is softer than a letter is wide, so that it is no edge.
  const reach = isWhole ? width : Math.round(direction === 'ltr' ? end : width - end);
  draw({ x: 0, width: Math.min(width, reach) }, 1);
  const edges = Array.from({ length: softSteps + 1 }, (_, step) =>
    Math.min(width, reach + Math.round((step / softSteps) * softness)),
  );
  for (const [step, from] of edges.slice(0, -1).entries()) {
    draw({ x: from, width: (edges[step + 1] ?? from) - from }, 1 - easeInOut((step + 0.5) / softSteps));
  }
  context.globalAlpha = 1;
}

/** What of a line has been written: from the side where it begins to the last letter's end. */
function writtenPart(
  { direction, letterEnds }: EnteringLine,
  { written, width }: { readonly written: number; readonly width: number },
): Across {
  if (written >= letterEnds.length) return { x: 0, width };
  const edge = Math.round(letterEnds[written - 1] ?? 0);
  return direction === 'ltr' ? { x: 0, width: edge } : { x: edge, width: width - edge };
}
