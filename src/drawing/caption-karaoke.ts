import type { Box } from './box.ts';
import type { CaptionLayout } from './caption-layout.ts';
import type { CaptionStyle } from './caption-style.ts';
import type { CaptionUnit } from './caption-units.ts';
import { paintAround, paintUnit, spokenWordIndex, unitBox } from './caption-words.ts';
import { withOpacity } from './color.ts';
import { type DrawingContext, drawPicture, type PlacedLayer } from './drawing-context.ts';

/** All words in a box, and a box of the theme's bright colour around the one that is spoken. */
export const karaoke: CaptionStyle = (surface, { layout, cue, theme }) => {
  const { box, units, style } = layout;
  const { caption } = theme;
  const ground = paintAround(surface, box, {
    air: 0,
    paint: (context) => {
      context.fillStyle = withOpacity(caption.box, caption.boxOpacity);
      fillRounded(context, box, caption.radius * style.size);
      for (const unit of units) paintUnit(context, unit, { layout, color: caption.text });
    },
  });
  const mark = (unit: CaptionUnit): PlacedLayer => {
    const around = markBox(unit, layout);
    return paintAround(surface, unitBox(unit, layout), {
      air: style.size * 0.4,
      paint: (context) => {
        context.fillStyle = caption.spokenBox;
        fillRounded(context, around, caption.spokenRadius * style.size);
        paintUnit(context, unit, { layout, color: caption.spokenText });
      },
    });
  };
  const marks = new Map<CaptionUnit, PlacedLayer>();
  return {
    draw: (context, atSeconds) => {
      drawPicture(context, ground.layer, ground);
      const spoken = spokenWordIndex(cue, atSeconds);
      if (spoken === undefined) return;
      for (const unit of units) {
        if (unit.wordIndex !== spoken) continue;
        const marked = marks.get(unit) ?? mark(unit);
        marks.set(unit, marked);
        drawPicture(context, marked.layer, marked);
      }
    },
  };
};

/** Into the space beside a word, of which more is left: without spaces a wider box would lie on its neighbours. */
const asideSpaced = 0.13;

function markBox(unit: CaptionUnit, { style, lineHeight }: CaptionLayout): Box {
  const aside = style.size * (unit.spaced ? asideSpaced : 0);
  const height = Math.min(lineHeight, style.size * 1.26);
  const y = unit.y + (lineHeight - height) / 2;
  return { x: unit.x - aside, y, width: unit.width + 2 * aside, height };
}

function fillRounded(context: DrawingContext, { x, y, width, height }: Box, radius: number): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}
