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
  readonly size: number;
  readonly lineHeight: number;
  readonly paddingX: number;
  readonly paddingY: number;
  /** Of the text in the box. */
  readonly maximumWidth: number;
  readonly boxBottom: number;
  /** Of a box with two lines: headings and points stay above. */
  readonly boxTop: number;
}

export function canvasMetrics({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
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
    caption: captionMetrics(shape, { width, height, unit }),
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

/** Sizes in units, widths and distances from the bottom in shares of the canvas. */
const captions = {
  wide: { size: 50, width: 0.74, bottom: 0.06 },
  square: { size: 52, width: 0.86, bottom: 0.065 },
  tall: { size: 64, width: 0.84, bottom: 0.2 },
};

function captionMetrics(
  shape: CanvasMetrics['shape'],
  canvas: { readonly width: number; readonly height: number; readonly unit: number },
): CaptionMetrics {
  const { size: sizeUnits, width, bottom } = captions[shape];
  const size = sizeUnits * canvas.unit;
  const lineHeight = size * 1.36;
  const paddingY = size * 0.3;
  const boxBottom = Math.round(canvas.height * (1 - bottom));
  return {
    size,
    lineHeight,
    paddingX: size * 0.5,
    paddingY,
    maximumWidth: canvas.width * width,
    boxBottom,
    boxTop: boxBottom - 2 * lineHeight - 2 * paddingY,
  };
}
