import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { AuraError, limits } from '../../protocol/index.ts';
import { openSvg } from './open-svg.ts';
import { writeSvg } from './write-svg.ts';

export interface SvgDrawing {
  /** Pixels that the drawing covers at least in both directions, as far as limits.picturePixels allow; its own size when absent. */
  readonly minimumWidth?: number | undefined;
  readonly minimumHeight?: number | undefined;
  /** Makes the fonts known that a text needs, and gives their names as a CSS list. Without it the system's own are used. */
  readonly typefaceFor?: ((text: string) => string) | undefined;
}

/**
 * Draws an SVG file as sharp as it is needed.
 *
 * @throws {AuraError} picture_invalid.
 */
export async function drawSvg(bytes: Uint8Array, name: string, drawing: SvgDrawing = {}): Promise<Canvas> {
  const { root, text, ...size } = await openSvg(bytes, name);
  const families = text.trim() === '' ? undefined : drawing.typefaceFor?.(text);
  const image = await loadImage(Buffer.from(writeSvg(root, families))).catch((cause: unknown) => {
    throw new AuraError('picture_invalid', `“${name}” cannot be drawn: save it as PNG.`, { cause });
  });
  const scale = scaleFor(size, drawing);
  const canvas = createCanvas(sideOf(size.width * scale), sideOf(size.height * scale));
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Longest side of a canvas, in pixels. */
const largestSide = 16_384;

function scaleFor(size: { readonly width: number; readonly height: number }, drawing: SvgDrawing): number {
  const { minimumWidth = 0, minimumHeight = 0 } = drawing;
  const wanted = Math.max(minimumWidth / size.width, minimumHeight / size.height);
  const possible = Math.min(
    Math.sqrt(limits.picturePixels / (size.width * size.height)),
    largestSide / Math.max(size.width, size.height),
  );
  return Math.min(wanted > 0 ? wanted : 1, possible);
}

function sideOf(pixels: number): number {
  return Math.min(largestSide, Math.max(1, Math.round(pixels)));
}
