import assert from 'node:assert/strict';
import { themes } from '../../src/drawing/index.ts';
import type { DecodedPicture } from '../../src/media/decode-video.ts';
import { pixelAt } from '../support/media.ts';

type Color = readonly [number, number, number];
type Select = (color: Color, y: number) => boolean;

/** Centre of the white dot on the test pictures, in pixels, to fractions of one. Captions and headings are left out. */
export function dotCentre(picture: DecodedPicture): { readonly x: number; readonly y: number } {
  const { width, height } = picture;
  let [sumX, sumY, weight] = [0, 0, 0];
  for (let y = Math.round(height * 0.4); y < height * 0.72; y += 1) {
    for (let x = Math.round(width * 0.5); x < width; x += 1) {
      // How white it is: the pictures have one strong channel, so the weakest tells.
      const white = Math.max(0, Math.min(...pixelAt(picture, x, y)) - 40);
      sumX += x * white;
      sumY += y * white;
      weight += white;
    }
  }
  assert.ok(weight > 0, 'the dot is on screen');
  return { x: sumX / weight, y: sumY / weight };
}

/** Where the marked word stands in the caption: 0 at its first letter, 1 at its last. */
export function highlightCentre(picture: DecodedPicture): { readonly shareOfCaption: number } {
  const { spokenBox, text } = themes.midnight.caption;
  const low = (y: number): boolean => y > picture.height * 0.75;
  const marked = columnsOf(picture, (color, y) => low(y) && isNear(color, colorOf(spokenBox)));
  const caption = columnsOf(
    picture,
    (color, y) => low(y) && (isNear(color, colorOf(spokenBox)) || isNear(color, colorOf(text))),
  );
  assert.ok(marked.length > 20, 'a word is marked');
  const left = caption.reduce((least, x) => Math.min(least, x), picture.width);
  const right = caption.reduce((most, x) => Math.max(most, x), 0);
  const centre = marked.reduce((sum, x) => sum + x, 0) / marked.length;
  return { shareOfCaption: (centre - left) / (right - left) };
}

/** The x of each selected pixel. */
function columnsOf(picture: DecodedPicture, select: Select): number[] {
  const columns: number[] = [];
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      if (select(pixelAt(picture, x, y), y)) columns.push(x);
    }
  }
  return columns;
}

function isNear([r, g, b]: Color, [toR, toG, toB]: Color): boolean {
  return Math.abs(r - toR) + Math.abs(g - toG) + Math.abs(b - toB) < 90;
}

function colorOf(hex: string): Color {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
