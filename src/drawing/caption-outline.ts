import type { CaptionLayout } from './caption-layout.ts';
import { paintUnit, type UnitLook } from './caption-words.ts';
import { withOpacity } from './color.ts';
import type { DrawingContext } from './drawing-context.ts';
import type { Theme } from './themes/index.ts';

/** What keeps letters without a box readable, in the colour that the theme shades pictures with. */
export function captionOutline(
  { style }: CaptionLayout,
  theme: Theme,
): { readonly color: string; readonly width: number } {
  return { color: theme.onPicture.shade, width: style.size * 0.075 };
}

/** Takes the hardness from the outlines, and the glare from what is behind. */
export function paintShadow(context: DrawingContext, layout: CaptionLayout, theme: Theme): void {
  const { style, units } = layout;
  const look: UnitLook = { color: theme.onPicture.shade, outline: captionOutline(layout, theme) };
  context.save();
  context.shadowColor = withOpacity(theme.onPicture.shade, 0.75);
  context.shadowBlur = style.size * 0.34;
  for (const unit of units) paintUnit(context, unit, { layout, ...look });
  context.restore();
}
