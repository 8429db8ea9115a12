import type { Captions } from '../protocol/index.ts';
import { captionScales, type Timeline } from '../timeline/index.ts';
import { type CanvasShape, shapeOf } from './canvas-shape.ts';
import { logoBox, logoGap } from './logo-box.ts';
import { lineHeightIn } from './text-style.ts';

/** Where things go on a canvas, in pixels. Everything follows from its size: no other number is absolute. */
export interface CanvasMetrics {
  readonly width: number;
  readonly height: number;
  readonly shape: CanvasShape;
  /** A thousandth of the shorter side. */
  readonly unit: number;
  readonly marginX: number;
  readonly marginTop: number;
  /** The lowest that headings and points reach when there are no captions. */
  readonly contentBottom: number;
  readonly caption: CaptionMetrics;
}

export interface CaptionMetrics {
  readonly position: Captions['position'];
  readonly size: number;
  readonly lineHeight: number;
  readonly paddingX: number;
  readonly paddingY: number;
  /** Of the text in the box. */
  readonly maximumWidth: number;
  /** Top and bottom of a box with two lines: other words stay above and below. */
  readonly boxTop: number;
  readonly boxBottom: number;
}

/** @param canvas The sides in pixels; captions of medium size at the bottom, in Latin letters, when it does not say. */
interface Canvas extends Pick<Timeline, 'width' | 'height' | 'brand'>, Partial<Pick<Timeline, 'language'>> {
  readonly captions?: Pick<Captions, 'position' | 'size'>;
}

export function canvasMetrics(canvas: Canvas): CanvasMetrics {
  const { width, height, captions = { position: 'bottom', size: 'medium' } } = canvas;
  const shape = shapeOf(canvas);
  const unit = Math.min(width, height) / 1000;
  const { marginX, marginTop, marginBottom } = margins[shape];
  const free = freeHeights(canvas, unit);
  return {
    width,
    height,
    shape,
    unit,
    marginX: marginX * unit,
    marginTop: Math.max(free.top, marginTop * unit),
    contentBottom: Math.min(free.bottom, height - marginBottom * unit),
    caption: captionMetrics(shape, {
      width,
      height,
      unit,
      captions,
      free,
      language: canvas.language ?? 'en',
    }),
  };
}

/** Words keep out of the whole strip that a logo stands in: beside it they would look squeezed. */
function freeHeights(canvas: Canvas, unit: number): { readonly top: number; readonly bottom: number } {
  const logo = logoBox(canvas);
  if (logo === undefined) return { top: 0, bottom: canvas.height };
  const isTop = canvas.brand?.logo?.position.startsWith('top') === true;
  const gap = logoGap * unit;
  return isTop
    ? { top: logo.y + logo.height + gap, bottom: canvas.height }
    : { top: 0, bottom: logo.y - gap };
}

/** In units. On a tall screen an app's own buttons lie over the top and the lower fifth. */
const margins = {
  wide: { marginX: 112, marginTop: 96, marginBottom: 96 },
  square: { marginX: 80, marginTop: 84, marginBottom: 84 },
  tall: { marginX: 84, marginTop: 190, marginBottom: 320 },
};

/** Sizes in units, widths and distances from the bottom or the top in shares of the canvas. */
const captionPlaces = {
  wide: { size: 50, width: 0.74, bottom: 0.06, top: 0.06 },
  square: { size: 52, width: 0.86, bottom: 0.065, top: 0.065 },
  tall: { size: 64, width: 0.84, bottom: 0.2, top: 0.11 },
};

function captionMetrics(
  shape: CanvasMetrics['shape'],
  canvas: {
    readonly width: number;
    readonly height: number;
    readonly unit: number;
    readonly language: string;
    readonly captions: Pick<Captions, 'position' | 'size'>;
    readonly free: { readonly top: number; readonly bottom: number };
  },
): CaptionMetrics {
  const { size: sizeUnits, width, bottom, top } = captionPlaces[shape];
  const { position, size: sizeName } = canvas.captions;
  const size = sizeUnits * canvas.unit * captionScales[sizeName];
  const lineHeight = size * lineHeightIn(canvas.language, 1.36);
  const paddingY = size * 0.3;
  const boxHeight = 2 * lineHeight + 2 * paddingY;
  const boxBottom = {
    bottom: Math.round(Math.min(canvas.free.bottom, canvas.height * (1 - bottom))),
    middle: Math.round((canvas.height + boxHeight) / 2),
    top: Math.round(Math.max(canvas.free.top, canvas.height * top) + boxHeight),
  }[position];
  return {
    ...{ position, size, lineHeight, paddingY, boxBottom },
    paddingX: size * 0.5,
    maximumWidth: canvas.width * width,
    boxTop: boxBottom - boxHeight,
  };
}
