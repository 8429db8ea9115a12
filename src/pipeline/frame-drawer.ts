import { Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import {
  type Box,
  boxAround,
  createFramePainter,
  type FrameRequest,
  type Ground,
  type Layered,
  type Over,
} from '../drawing/index.ts';
import type { DrawnArea, DrawnLayers, DrawnOver, GroundPicture } from '../media/index.ts';
import { fitsAsGround, largestStep } from '../media/index.ts';
import { isOpaque } from '../media/opaque-picture.ts';
import { openCanvas, RawPicture } from '../media/raw-picture.ts';

/** Draws one frame after another, each no more than it has to. */
export interface FrameDrawer {
  /**
   * What differs from the frame drawn before, or all of it when that is asked for: to be read before the next is drawn.
   * Throws what `drawFrame` throws.
   */
  draw(request: FrameRequest, options: { readonly whole: boolean }): DrawnLayers | 'unchanged';
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export function openFrameDrawer({ width, height }: Size): FrameDrawer {
  const size = { width, height };
  const painter = createFramePainter({
    ...{ createLayer: openCanvas, width, height, isOpaque },
    copyPicture: (onto, picture, area) => {
      if (!(picture instanceof RawPicture)) return false;
      picture.copyTo(onto, area);
      return true;
    },
    takesGround: (ground) => takesGround(ground, size),
  });
  const reader = openOverReader();
  return {
    draw: (request, { whole }) => drawnLayers(painter.paint(request), { whole, size, reader }),
  };
}

function takesGround({ picture, place }: Ground, frame: Size): boolean {
  const isKnown = picture instanceof Canvas || picture instanceof RawPicture;
  if (!isKnown || frame.width < narrowestFrame) return false;
  const step = Math.max(picture.width / place.width, picture.height / place.height);
  return step <= largestStep && fitsAsGround(picture, frame);
}

/** Whatever part of a frame changes is as wide, at least. */
const narrowestFrame = 64;

function groundPicture({ picture, look: version }: Ground): GroundPicture {
  if (picture instanceof RawPicture) {
    const { openCanvas: owner, width, height, decoded } = picture;
    const withPixels: GroundPicture['withPixels'] = (look) => look(decoded.pixels);
    return { owner, version, width, height, planes: decoded.planes, withPixels };
  }
  if (!(picture instanceof Canvas)) throw new TypeError('No other picture is taken for a ground.');
  const { width, height } = picture;
  const withPixels: GroundPicture['withPixels'] = (look) => {
    const pixels = picture.data();
    look(pixels);
    giveBack(pixels);
  };
  return { owner: picture, version, width, height, planes: undefined, withPixels };
}

function drawnLayers(
  { layers, top, hasSameGrounds }: Layered,
  { whole, size, reader }: { readonly whole: boolean; readonly size: Size; readonly reader: OverReader },
): DrawnLayers | 'unchanged' {
  const overs = [...layers.map(({ over }) => over), top];
  const changes = overs.map(({ change }) => change);
  const isAnew = whole || !hasSameGrounds || changes.includes('everything');
  const changed = boxAround(changes.filter((change) => typeof change !== 'string'));
  if (!isAnew && changed === undefined) return 'unchanged';
  return {
    layers: layers.map(({ ground, opacity, over }) => ({
      ...{ picture: groundPicture(ground), place: ground.place, opacity },
      over: drawnOver(over, { whole, reader }),
    })),
    top: drawnOver(top, { whole, reader }),
    area: isAnew || changed === undefined ? { x: 0, y: 0, ...size } : changed,
  };
}

function drawnOver(
  over: Over,
  { whole, reader }: { readonly whole: boolean; readonly reader: OverReader },
): DrawnOver {
  const { change, covered } = over;
  const isAnew = whole || change === 'everything';
  const area = isAnew ? covered : change === 'nothing' ? undefined : change;
  return { covered, isAnew, parts: () => reader.parts(over, area) };
}

type OverReader = ReturnType<typeof openOverReader>;

/** Paints what lies over a picture, a band at a time: the canvas for it need be no larger. */
function openOverReader() {
  let band: { readonly canvas: Canvas; readonly context: SKRSContext2D } | undefined;
  const bandFor = ({ width, height }: Box) => {
    if (band !== undefined && band.canvas.width >= width && band.canvas.height >= height) return band;
    const size = {
      width: Math.max(width, band?.canvas.width ?? 0),
      height: Math.max(height, band?.canvas.height ?? 0),
    };
    const canvas = openCanvas(size.width, size.height);
    band = { canvas, context: canvas.getContext('2d') };
    return band;
  };
  return {
    *parts(over: Over, area: Box | undefined): Generator<DrawnArea> {
      if (area === undefined) return;
      for (let top = area.y; top < area.y + area.height; top += bandRows) {
        const part = { ...area, y: top, height: Math.min(bandRows, area.y + area.height - top) };
        const { canvas, context } = bandFor(part);
        context.clearRect(0, 0, canvas.width, canvas.height);
        context.save();
        context.translate(-part.x, -part.y);
        over.paint(context, part);
        context.restore();
        const { data } = context.getImageData(0, 0, part.width, part.height);
        const pixels = new Uint8Array(data.buffer);
        yield { ...part, pixels };
        giveBack(pixels);
      }
    },
  };
}

const bandRows = 256;

function giveBack(pixels: Uint8Array | undefined): void {
  if (pixels?.buffer instanceof ArrayBuffer) pixels.buffer.transfer(0);
}
