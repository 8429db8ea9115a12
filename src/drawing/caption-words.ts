import type { Cue } from '../timeline/index.ts';
import type { Box } from './box.ts';
import type { CaptionLayout } from './caption-layout.ts';
import type { CaptionUnit } from './caption-units.ts';
import { type DrawingContext, type DrawingSurface, openLayer, type PlacedLayer } from './drawing-context.ts';
import { fillShaped } from './shaped-text.ts';
import { baselineOf, setTextStyle } from './text-style.ts';

/** A pause shorter than this does not take the mark away from the word before it, in seconds. */
const bridgedSeconds = 0.35;

/** When a word of the cue is marked as spoken, in seconds from the scene's start; never, when there is no such word. */
export function spokenFrom(
  cue: Cue,
  index: number | undefined,
): { readonly from: number; readonly until: number } {
  const word = index === undefined ? undefined : cue.words[index];
  if (index === undefined || word === undefined) return { from: 0, until: Number.NEGATIVE_INFINITY };
  const next = cue.words[index + 1]?.startSeconds ?? cue.endSeconds;
  const until = next - word.endSeconds <= bridgedSeconds ? next : word.endSeconds;
  return { from: word.startSeconds, until };
}

/** Which word is being spoken; undefined in a pause. */
export function spokenWordIndex(cue: Cue, atSeconds: number): number | undefined {
  const index = cue.words.findLastIndex((word) => word.startSeconds <= atSeconds);
  return index >= 0 && atSeconds < spokenFrom(cue, index).until ? index : undefined;
}

export interface UnitLook {
  readonly color: string;
  /** Drawn under the letters and around them. */
  readonly outline?: { readonly color: string; readonly width: number };
}

/** Paints a word; its top left corner and that of its line are those of the unit. */
export function paintUnit(
  context: DrawingContext,
  unit: CaptionUnit,
  { layout, color, outline }: UnitLook & { readonly layout: CaptionLayout },
): void {
  setTextStyle(context, layout.style);
  context.textAlign = 'left';
  context.direction = unit.direction;
  const y = unit.y + baselineOf({ size: layout.style.size, lineHeight: layout.lineHeight });
  if (outline !== undefined) {
    context.strokeStyle = outline.color;
    context.lineWidth = 2 * outline.width;
    context.lineJoin = 'round';
    fillShaped(context, unit.text, { x: unit.x, y, stroked: true });
  }
  context.fillStyle = color;
  fillShaped(context, unit.text, { x: unit.x, y });
}

/** A layer around some of a caption, on which its units keep their places. Pixels from the canvas's top left corner. */
export function paintAround(
  surface: DrawingSurface,
  box: Box,
  how: {
    readonly air: number;
    /** Pixels of the layer for one of the canvas; 1 when absent. */
    readonly density?: number;
    readonly paint: (context: DrawingContext) => void;
  },
): PlacedLayer {
  const { air, density = 1 } = how;
  const [x, y] = [Math.floor(box.x - air), Math.floor(box.y - air)];
  const { layer, context } = openLayer(surface, {
    width: (box.x + box.width + air - x + 1) * density,
    height: (box.y + box.height + air - y + 1) * density,
  });
  context.scale(density, density);
  context.translate(-x, -y);
  how.paint(context);
  return { layer, x, y };
}

/** The space that a unit takes in its line. */
export function unitBox(unit: CaptionUnit, { lineHeight }: CaptionLayout): Box {
  return { x: unit.x, y: unit.y, width: unit.width, height: lineHeight };
}
