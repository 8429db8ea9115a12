import { clamp01, easeInOut } from './easing.ts';

export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The most a picture is enlarged beyond covering the canvas. */
export const largestZoom = 1.16;

const smallestZoom = 1.02;
const zoomPerSecond = 0.016;
/** How far the middle of the view travels, in shares of the canvas's longer side. */
const panPerSecond = 0.012;
const largestPan = 0.09;

/** Which way each direction zooms, and where the view goes: 1 is right or down. */
const directions = [
  { zoomsIn: true, x: 1, y: 0.5 },
  { zoomsIn: false, x: -1, y: 0.5 },
  { zoomsIn: true, x: -1, y: -0.5 },
  { zoomsIn: false, x: 1, y: -0.5 },
] as const;

/**
 * Where a picture lies at one moment of its slow zoom and pan, in pixels with fractions. It always covers the canvas.
 *
 * @param motion.progress 0 to 1 over the time the picture can be seen.
 * @param motion.seconds How long that is: a long scene moves farther, but never far.
 */
export function kenBurns(
  picture: Size,
  canvas: Size,
  motion: { readonly direction: number; readonly progress: number; readonly seconds: number },
): Placement {
  const { zoomsIn, x, y } = directions[motion.direction % directions.length] ?? directions[0];
  const eased = 0.55 * clamp01(motion.progress) + 0.45 * easeInOut(clamp01(motion.progress));
  const zoomRange = Math.min(largestZoom - smallestZoom, zoomPerSecond * motion.seconds);
  const zoom = smallestZoom + zoomRange * (zoomsIn ? eased : 1 - eased);
  const travel = Math.min(largestPan, panPerSecond * motion.seconds) * Math.max(canvas.width, canvas.height);
  return place(picture, canvas, {
    zoom,
    shiftX: travel * x * (eased - 0.5),
    shiftY: travel * y * (eased - 0.5),
  });
}

/** The picture in the middle, just covering the canvas. */
export function cover(picture: Size, canvas: Size): Placement {
  return place(picture, canvas, { zoom: 1, shiftX: 0, shiftY: 0 });
}

/** `shift` is how far the view moves away from the picture's middle; less where that would show an edge. */
function place(
  picture: Size,
  canvas: Size,
  view: { readonly zoom: number; readonly shiftX: number; readonly shiftY: number },
): Placement {
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height) * view.zoom;
  const width = picture.width * scale;
  const height = picture.height * scale;
  const spareX = (width - canvas.width) / 2;
  const spareY = (height - canvas.height) / 2;
  return {
    x: -spareX - soften(view.shiftX, spareX),
    y: -spareY - soften(view.shiftY, spareY),
    width,
    height,
  };
}

/** Follows `shift` while there is room and comes to rest, without a jolt, before the room ends. */
function soften(shift: number, room: number): number {
  return room <= 0 ? 0 : room * Math.tanh(shift / room);
}
