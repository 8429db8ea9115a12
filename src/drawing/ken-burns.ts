import type { PictureMotion } from '../protocol/index.ts';
import { clamp01, easeInOut } from './easing.ts';
import { type Aim, type Placement, placeBetween, type Size, type ViewRequest } from './picture-view.ts';

/** The most a picture is enlarged beyond covering its box. */
export const largestZoom = 1.2;

export interface PictureMove {
  readonly motion: PictureMotion;
  /** Which way Ken Burns goes, 0 to 3. */
  readonly direction: number;
  /** 0 to 1 over the time the picture can be seen. */
  readonly progress: number;
  /** How long that is: a long scene moves farther, but never far. */
  readonly seconds: number;
}

/** Where a picture lies at one moment of its motion, from its box's top left corner, in pixels with fractions. */
export function placePicture(request: ViewRequest, move: PictureMove): Placement {
  const aims = aimsOf[move.motion](request, move);
  return placeBetween(request, aims, easeAlong(clamp01(move.progress)));
}

/** Mostly even, for the picture comes in and goes while it moves; a little gentler at both ends. */
function easeAlong(progress: number): number {
  return 0.55 * progress + 0.45 * easeInOut(progress);
}

type Aims = readonly [Aim, Aim];
type Move = Pick<PictureMove, 'direction' | 'seconds'>;

const aimsOf = {
  'ken-burns': kenBurns,
  'zoom-in': (request, { seconds }) => zoomBy(request, seconds),
  'zoom-out': (request, { seconds }) => reversed(zoomBy(request, seconds)),
  'pan-left': (request, { seconds }) => pan(request, { x: -1, y: 0, seconds }),
  'pan-right': (request, { seconds }) => pan(request, { x: 1, y: 0, seconds }),
  'pan-up': (request, { seconds }) => pan(request, { x: 0, y: -1, seconds }),
  'pan-down': (request, { seconds }) => pan(request, { x: 0, y: 1, seconds }),
  none: () => [still(1), still(1)],
} satisfies Record<PictureMotion, (request: ViewRequest, move: Move) => Aims>;

function still(zoom: number): Aim {
  return { zoom, shiftX: 0, shiftY: 0 };
}

function reversed([from, to]: Aims): Aims {
  return [to, from];
}

/** Which way each direction zooms, and where the view goes: 1 is right or down. */
const directions = [
  { zoomsIn: true, x: 1, y: 0.5 },
  { zoomsIn: false, x: -1, y: 0.5 },
  { zoomsIn: true, x: -1, y: -0.5 },
  { zoomsIn: false, x: 1, y: -0.5 },
] as const;

const zoomPerSecond = 0.016;
/** How far the middle of the view travels, in shares of the box's longer side. */
const travelPerSecond = 0.012;
const farthestTravel = 0.09;

/** A whole picture grows up to its fit and stays in the middle; one that covers is never smaller than it. */
function kenBurns({ box, covers }: ViewRequest, { direction, seconds }: Move): Aims {
  const { zoomsIn, x, y } = directions[direction % directions.length] ?? directions[0];
  const [least, most] = covers ? [1.02, 1.16] : [0.94, 1];
  const range = Math.min(most - least, zoomPerSecond * seconds);
  const [near, far] = covers ? [least + range, least] : [most, most - range];
  const farthest = covers ? farthestTravel : 0;
  const travel = Math.min(farthest, travelPerSecond * seconds) * Math.max(box.width, box.height);
  const aim = (zoom: number, way: number): Aim => ({
    zoom,
    shiftX: travel * x * way,
    shiftY: travel * y * way,
  });
  return [aim(zoomsIn ? far : near, -0.5), aim(zoomsIn ? near : far, 0.5)];
}

/** A zoom that somebody asked for is meant to be seen. */
const askedZoomPerSecond = 0.03;

function zoomBy({ covers }: ViewRequest, seconds: number): Aims {
  const range = Math.min(covers ? largestZoom - 1 : 0.12, askedZoomPerSecond * seconds);
  return covers ? [still(1), still(1 + range)] : [still(1 - range), still(1)];
}

const panZoom = { covering: 1.12, whole: 0.92 };
/** In shares of the box's side that it goes along; a panorama has a long way to go. */
const panPerSecond = 0.035;

/** The view goes that way, as a camera does. */
function pan(
  request: ViewRequest,
  { x, y, seconds }: { readonly x: number; readonly y: number; readonly seconds: number },
): Aims {
  const { box, covers } = request;
  const zoom = covers ? panZoom.covering : panZoom.whole;
  const along = (x === 0 ? box.height : box.width) * panPerSecond * seconds;
  const travel = Math.min(along, roomToPan(request, { zoom, side: x === 0 ? 'height' : 'width' }));
  const aim = (way: number): Aim => ({
    zoom,
    shiftX: (x * way * travel) / 2,
    shiftY: (y * way * travel) / 2,
  });
  return [aim(-1), aim(1)];
}

/** From one end of the picture to the other; beside a whole picture only so far that it seems to move on purpose. */
function roomToPan(
  { picture, box, covers }: ViewRequest,
  { zoom, side }: { readonly zoom: number; readonly side: keyof Size },
): number {
  const scales = [box.width / picture.width, box.height / picture.height];
  const whole = picture[side] * (covers ? Math.max(...scales) : Math.min(...scales));
  const room = Math.abs(whole - box[side] / zoom);
  return covers ? room : Math.min(room, 0.08 * box[side]);
}
