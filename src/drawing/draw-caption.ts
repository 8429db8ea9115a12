import type { Cue } from '../timeline/index.ts';
import type { CaptionLayout } from './caption-layout.ts';
import type { CaptionUnit } from './caption-units.ts';
import { withOpacity } from './color.ts';
import {
  type DrawingContext,
  type DrawingSurface,
  drawPicture,
  type Layer,
  openLayer,
} from './drawing-context.ts';
import { baselineOf, setTextStyle } from './text-style.ts';
import type { Theme } from './themes/index.ts';

/** A caption drawn once, without the mark of the word being spoken. */
export interface PreparedCaption {
  readonly layout: CaptionLayout;
  readonly layer: Layer;
}

export function prepareCaption(
  surface: DrawingSurface,
  layout: CaptionLayout,
  theme: Theme,
): PreparedCaption {
  const { box, style } = layout;
  const [left, top] = [Math.floor(box.x), Math.floor(box.y)];
  const { layer, context } = openLayer(surface, { width: box.width + 2, height: box.height + 2 });
  context.fillStyle = withOpacity(theme.caption.box, theme.caption.boxOpacity);
  context.beginPath();
  context.roundRect(box.x - left, box.y - top, box.width, box.height, style.size * 0.38);
  context.fill();
  for (const unit of layout.units) {
    paintUnit(context, { ...unit, x: unit.x - left, y: unit.y - top }, layout, theme.caption.text);
  }
  return { layout, layer };
}

/** Draws the caption and marks the word being spoken. @param atSeconds From the start of the scene. */
export function drawCaption(
  context: DrawingContext,
  prepared: PreparedCaption,
  { cue, theme, atSeconds }: { readonly cue: Cue; readonly theme: Theme; readonly atSeconds: number },
): void {
  const { layout, layer } = prepared;
  drawPicture(context, layer, { x: Math.floor(layout.box.x), y: Math.floor(layout.box.y) });
  const spoken = spokenWordIndex(cue, atSeconds);
  if (spoken === undefined) return;
  for (const unit of layout.units.filter(({ wordIndex }) => wordIndex === spoken)) {
    paintMark(context, unit, layout, theme.caption.spokenBox);
    paintUnit(context, unit, layout, theme.caption.spokenText);
  }
}

/** A pause shorter than this does not take the mark away from the word before it, in seconds. */
const bridgedSeconds = 0.35;

/** Which word is being spoken; undefined in a pause. */
export function spokenWordIndex(cue: Cue, atSeconds: number): number | undefined {
  const index = cue.words.findLastIndex((word) => word.startSeconds <= atSeconds);
  const word = cue.words[index];
  if (word === undefined) return undefined;
  const next = cue.words[index + 1]?.startSeconds ?? cue.endSeconds;
  const until = next - word.endSeconds <= bridgedSeconds ? next : word.endSeconds;
  return atSeconds < until ? index : undefined;
}

function paintMark(context: DrawingContext, unit: CaptionUnit, layout: CaptionLayout, color: string): void {
  const { size } = layout.style;
  const aside = size * (unit.spaced ? 0.13 : 0.03);
  const height = Math.min(layout.lineHeight, size * 1.26);
  const top = unit.y + (layout.lineHeight - height) / 2;
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(unit.x - aside, top, unit.width + 2 * aside, height, size * 0.2);
  context.fill();
}

function paintUnit(context: DrawingContext, unit: CaptionUnit, layout: CaptionLayout, color: string): void {
  setTextStyle(context, layout.style);
  context.fillStyle = color;
  context.textAlign = 'left';
  context.direction = unit.direction;
  const baseline = baselineOf({ size: layout.style.size, lineHeight: layout.lineHeight });
  context.fillText(unit.text, unit.x, unit.y + baseline);
}
