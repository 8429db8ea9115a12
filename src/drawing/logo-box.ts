import type { Brand } from '../protocol/index.ts';
import type { Timeline } from '../timeline/index.ts';
import type { Box } from './box.ts';
import { shapeOf } from './canvas-shape.ts';

/**
 * The place of the brand's logo, in pixels; undefined when it has none. Words and captions keep out of it. The logo is as
 * high as this or, when it is very wide, as wide, and stands in the place's corner.
 */
export function logoBox(timeline: Pick<Timeline, 'width' | 'height' | 'brand'>): Box | undefined {
  const logo = timeline.brand?.logo;
  if (logo === undefined) return undefined;
  const unit = Math.min(timeline.width, timeline.height) / 1000;
  const inset = insets[shapeOf(timeline)];
  const height = logo.height * 1000 * unit;
  const width = Math.min(height * widest, timeline.width * mostWidth);
  const [vertical, horizontal] = cornerOf(logo);
  const x = horizontal === 'left' ? inset.side * unit : timeline.width - inset.side * unit - width;
  const y = vertical === 'top' ? inset.top * unit : timeline.height - inset.bottom * unit - height;
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

/** Between the logo's place and words, in units: the shade around the logo reaches no farther. */
export const logoGap = 44;

/** Of the place, in shares of its height and of the canvas's width. */
const widest = 4;
const mostWidth = 0.3;

/** From the edges, in units. On a tall screen an app's own buttons lie over the top and the lower fifth. */
const insets = {
  wide: { side: 48, top: 40, bottom: 40 },
  square: { side: 44, top: 40, bottom: 40 },
  tall: { side: 56, top: 116, bottom: 236 },
};

/** The corner of the canvas, and of its place, that it stands in. */
export function cornerOf({
  position,
}: Pick<NonNullable<Brand['logo']>, 'position'>): ['top' | 'bottom', 'left' | 'right'] {
  return [position.startsWith('top') ? 'top' : 'bottom', position.endsWith('left') ? 'left' : 'right'];
}
