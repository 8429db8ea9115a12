import { captionOutline, paintShadow } from './caption-outline.ts';
import type { CaptionStyle } from './caption-style.ts';
import { paintAround, paintUnit } from './caption-words.ts';
import { drawPicture } from './drawing-context.ts';

/** Subtitles as they have always been: bright letters with a dark outline, readable on anything. */
export const plain: CaptionStyle = (surface, { layout, theme }) => {
  const outline = captionOutline(layout, theme);
  const { layer, x, y } = paintAround(surface, layout.box, {
    air: layout.style.size,
    paint: (context) => {
      paintShadow(context, layout, theme);
      for (const unit of layout.units)
        paintUnit(context, unit, { layout, color: theme.onPicture.heading, outline });
    },
  });
  return { draw: (context) => drawPicture(context, layer, { x, y }) };
};
