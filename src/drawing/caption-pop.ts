import { captionOutline, paintShadow } from './caption-outline.ts';
import type { CaptionStyle } from './caption-style.ts';
import type { CaptionUnit } from './caption-units.ts';
import { paintAround, paintUnit, spokenFrom, unitBox } from './caption-words.ts';
import { type DrawingContext, drawPicture, type PlacedLayer } from './drawing-context.ts';
import { clamp01, easeInOut, easeOutBeyond } from './easing.ts';

/** Each word jumps up and is larger while it is spoken, in the accent colour. */
export const pop: CaptionStyle = (surface, { layout, cue, theme }) => {
  const { style } = layout;
  const outline = captionOutline(layout, theme);
  const air = style.size * 0.3;
  const shadow = paintAround(surface, layout.box, {
    air: style.size,
    paint: (context) => paintShadow(context, layout, theme),
  });
  const words = layout.units.map((unit): Word => {
    const painted = (color: string, density: number): PlacedLayer =>
      paintAround(surface, unitBox(unit, layout), {
        ...{ air, density },
        paint: (context) => paintUnit(context, unit, { layout, color, outline }),
      });
    const { from, until } = spokenFrom(cue, unit.wordIndex);
    const resting = painted(theme.onPicture.heading, 1);
    return { unit, from, until, resting, spoken: once(() => painted(theme.onPicture.accent, density)) };
  });
  return {
    draw: (context, atSeconds) => {
      drawPicture(context, shadow.layer, shadow);
      const moving = words.filter((word) => atSeconds >= word.from && atSeconds < word.until + downSeconds);
      for (const { resting } of words.filter((word) => !moving.includes(word)))
        drawPicture(context, resting.layer, resting);
      // In front of the words beside them.
      for (const word of moving) drawJumping(context, word, { atSeconds, size: style.size });
    },
  };
};

interface Word {
  readonly unit: CaptionUnit;
  readonly from: number;
  readonly until: number;
  readonly resting: PlacedLayer;
  /** In the accent colour. */
  readonly spoken: () => PlacedLayer;
}

/** Pixels of a spoken word's layer for one of the canvas: it is enlarged, and would be blurred. */
const density = 1.25;
/** Where words stand close together there is no room for more. */
const growth = { spaced: 0.12, close: 0.05 };
/** In shares of the type size. */
const jump = 0.2;

const upSeconds = 0.16;
const downSeconds = 0.14;

function drawJumping(
  context: DrawingContext,
  { unit, from, until, resting, spoken }: Word,
  { atSeconds, size }: { readonly atSeconds: number; readonly size: number },
): void {
  const isSpoken = atSeconds < until;
  const { layer, x, y } = isSpoken ? spoken() : resting;
  const up = easeOutBeyond(clamp01((atSeconds - from) / upSeconds));
  const height = up * (1 - easeInOut(clamp01((atSeconds - until) / downSeconds)));
  const scale = 1 + (unit.spaced ? growth.spaced : growth.close) * height;
  const drawn = scale / (isSpoken ? density : 1);
  const middle = unit.x + unit.width / 2;
  drawPicture(context, layer, {
    x: middle - (middle - x) * scale,
    // It grows from its line, and upwards.
    y: unit.y - (unit.y - y) * scale - height * jump * size,
    width: layer.width * drawn,
    height: layer.height * drawn,
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
