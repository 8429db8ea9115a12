import type { Captions } from '../protocol/index.ts';
import { captionScales } from '../timeline/index.ts';

/** Where things go on a canvas, in pixels. Everything follows from its size: no other number is absolute. */
export interface CanvasMetrics {
  readonly width: number;
  readonly height: number;
  readonly shape: 'wide' | 'square' | 'tall';
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

/** @param canvas The sides in pixels; captions of medium size at the bottom when it does not say. */
export function canvasMetrics({
  width,
  height,
  captions = { position: 'bottom', size: 'medium' },
}: {
  readonly width: number;
  readonly height: number;
  readonly captions?: Pick<Captions, 'position' | 'size'>;
}): CanvasMetrics {
  const shape = shapeOf(width / height);
  const unit = Math.min(width, height) / 1000;
  const { marginX, marginTop, marginBottom } = margins[shape];
  return {
    width,
    height,
    shape,
    unit,
    marginX: marginX * unit,
    marginTop: marginTop * unit,
    contentBottom: height - marginBottom * unit,
    caption: captionMetrics(shape, { width, height, unit, captions }),
  };
}

function shapeOf(widthToHeight: number): CanvasMetrics['shape'] {
  if (widthToHeight >= 1.25) return 'wide';
  return widthToHeight > 0.8 ? 'square' : 'tall';
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
    readonly captions: Pick<Captions, 'position' | 'size'>;
  },
): CaptionMetrics {
  const { size: sizeUnits, width, bottom, top } = captionPlaces[shape];
  const { position, size: sizeName } = canvas.captions;
  const size = sizeUnits * canvas.unit * captionScales[sizeName];
  const lineHeight = size * 1.36;
  const paddingY = size * 0.3;
  const boxHeight = 2 * lineHeight + 2 * paddingY;
  const boxBottom = {
    bottom: Math.round(canvas.height * (1 - bottom)),
    middle: Math.round((canvas.height + boxHeight) / 2),
    top: Math.round(canvas.height * top + boxHeight),
  }[position];
  return {
    ...{ position, size, lineHeight, paddingY, boxBottom },
    paddingX: size * 0.5,
    maximumWidth: canvas.width * width,
    boxTop: boxBottom - boxHeight,
  };
}
