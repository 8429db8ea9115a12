import type { Box } from './box.ts';

/** A colour ramp, as both canvases make it. */
export interface Gradient {
  addColorStop(offset: number, color: string): void;
}

/** Anything with a size that the canvas can draw: a decoded picture or another canvas of the same kind. */
export interface DrawablePicture {
  readonly width: number;
  readonly height: number;
}

/** How far a text reaches, in pixels: to the next letter, and its ink from the point it is drawn at, outwards. */
export interface TextMeasures {
  readonly width: number;
  readonly actualBoundingBoxAscent: number;
  readonly actualBoundingBoxDescent: number;
  readonly actualBoundingBoxLeft: number;
  readonly actualBoundingBoxRight: number;
}

/** The part of Canvas 2D that is used, so that a browser's canvas and the server's satisfy it alike. */
export interface DrawingContext {
  globalAlpha: number;
  fillStyle: string | object;
  strokeStyle: string | object;
  lineWidth: number;
  lineJoin: 'bevel' | 'miter' | 'round';
  font: string;
  textAlign: 'center' | 'end' | 'left' | 'right' | 'start';
  textBaseline: 'alphabetic' | 'bottom' | 'hanging' | 'ideographic' | 'middle' | 'top';
  direction: 'inherit' | 'ltr' | 'rtl';
  letterSpacing: string;
  /** BCP 47. Not every browser has it. */
  lang?: string;
  shadowColor: string;
  shadowBlur: number;
  shadowOffsetX: number;
  globalCompositeOperation: string;
  imageSmoothingEnabled: boolean;
  imageSmoothingQuality: 'high' | 'low' | 'medium';
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  scale(x: number, y: number): void;
  clip(): void;
  rect(x: number, y: number, width: number, height: number): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
  arc(x: number, y: number, radius: number, startAngle: number, endAngle: number, reversed?: boolean): void;
  stroke(): void;
  /** One radius, or four, clockwise from the top left. */
  roundRect(x: number, y: number, width: number, height: number, radius?: number | number[]): void;
  fill(): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  measureText(text: string): TextMeasures;
  createLinearGradient(x0: number, y0: number, x1: number, y1: number): Gradient;
  createRadialGradient(x0: number, y0: number, r0: number, x1: number, y1: number, r1: number): Gradient;
  // Each canvas draws only what is of its own kind, and the two kinds have no common name: see drawPicture.
  drawImage(picture: never, x: number, y: number, width: number, height: number): void;
  drawImage(picture: never, ...fromAndTo: Eight): void;
  /** Copies pixels, whatever the context's state. */
  putImageData(data: never, x: number, y: number): void;
}

/** A rectangle in the picture and one on the canvas: x, y, width, height of each. */
type Eight = [number, number, number, number, number, number, number, number];

/** A canvas that is not shown: what does not change from frame to frame is drawn on it once. */
export interface Layer extends DrawablePicture {
  /** Set to 0 it gives its pixels back at once. */
  width: number;
  /** What is asked for the first time is what it has: without alpha it is black, and drawn faster. */
  getContext(kind: '2d', settings?: LayerSettings): DrawingContext | null;
}

export interface LayerSettings {
  readonly alpha: boolean;
}

/** A layer and where its top left corner lies on the canvas, in whole pixels. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly x: number;
  readonly y: number;
}

/** Where frames are drawn. */
export interface DrawingSurface {
  readonly context: DrawingContext;
  /** Makes a transparent canvas of the same kind, sizes in pixels. */
  readonly createLayer: (width: number, height: number) => Layer;
  /** Whether it is known that a picture has no transparent pixel; what lies under such a one need not be painted. */
  readonly isOpaque?: (picture: object) => boolean;
  /** Makes a layer show what is painted, over all of it, and may leave alone what it shows already. */
  readonly repaintLayer?: (layer: OpenLayer, paint: (context: DrawingContext) => void) => void;
}

/** Draws a picture or a layer, scaled to the given size; all in pixels, fractions allowed. */
export function drawPicture(
  context: DrawingContext,
  picture: DrawablePicture,
  to: { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number },
): void {
  context.drawImage(picture as never, to.x, to.y, to.width ?? picture.width, to.height ?? picture.height);
}

/** Draws a part of a picture in its own size; `from` in whole pixels of the picture. */
export function drawPart(
  context: DrawingContext,
  picture: DrawablePicture,
  { from, to }: { readonly from: Box; readonly to: { readonly x: number; readonly y: number } },
): void {
  const { x, y, width, height } = from;
  if (width > 0 && height > 0)
    context.drawImage(picture as never, x, y, width, height, to.x, to.y, width, height);
}

/** A layer together with its context. */
export interface OpenLayer {
  readonly layer: Layer;
  readonly context: DrawingContext;
}

/** @param settings Without alpha for what is painted over all of it. */
export function openLayer(
  surface: Pick<DrawingSurface, 'createLayer'>,
  size: { readonly width: number; readonly height: number },
  settings: LayerSettings = { alpha: true },
): OpenLayer {
  const layer = surface.createLayer(Math.max(1, Math.ceil(size.width)), Math.max(1, Math.ceil(size.height)));
  const context = layer.getContext('2d', settings);
  if (context === null)
    throw new TypeError('The canvas has no 2D context: it was opened with another kind before.');
  return { layer, context };
}
