import type { PlaneBytes } from './clip-painter.ts';
import { narrowestPixels, type Planes, type YuvModule } from './yuv-module.ts';

/** An opaque picture that frames can be laid over. */
export interface GroundPicture {
  /** Of pictures with the same owner only the last is kept. */
  readonly owner: object;
  /** Equal versions of one owner are equal pictures. */
  readonly version: unknown;
  readonly width: number;
  readonly height: number;
  /** As it is encoded, where it is known like that; its sides are even then. */
  readonly planes: PlaneBytes | undefined;
  /** RGBA, 8 bits, rows without padding, for as long as they are looked at. */
  withPixels(look: (pixels: Uint8Array) => void): void;
}

/** A picture in the module's memory; sides are even there: an odd one's last samples stand twice. */
export interface LoadedPicture extends Planes {
  readonly width: number;
  readonly height: number;
}

/** The pictures that were shown last, as the encoder's planes. */
export interface GroundPictures {
  load(picture: GroundPicture): LoadedPicture;
}

/** As many as a frame and the next one show, and one that comes next. */
const keptPictures = 3;

interface Slot extends Pick<GroundPicture, 'owner' | 'version'> {
  readonly address: number;
  readonly bytes: number;
  readonly loaded: LoadedPicture;
}

/** @param strip Memory for pixels on their way, of so many bytes. */
export function createGroundPictures(
  module: YuvModule,
  strip: { readonly address: number; readonly bytes: number },
): GroundPictures {
  /** The one shown last at the end. */
  const slots: Slot[] = [];
  const takeSlotOf = (owner: object): Slot | undefined => {
    const index = slots.findIndex((slot) => slot.owner === owner);
    if (index >= 0) return slots.splice(index, 1)[0];
    return slots.length < keptPictures ? undefined : slots.shift();
  };
  const fill = (picture: GroundPicture, to: LoadedPicture): void => {
    if (picture.planes !== undefined) copyPlanes(module, picture.planes, to);
    else picture.withPixels((pixels) => convertInStrips(module, pixels, { strip, to }));
  };
  return {
    load: (picture) => {
      const { owner, version, width, height } = picture;
      const old = takeSlotOf(owner);
      if (old?.owner === owner && old.version === version) {
        slots.push(old);
        return old.loaded;
      }
      const bytes = (evenly(width) * evenly(height) * 3) / 2 + readAhead;
      const place = old !== undefined && old.bytes >= bytes ? old : { address: module.reserve(bytes), bytes };
      const loaded = { ...planesAt(place.address, picture), width, height };
      fill(picture, loaded);
      slots.push({ address: place.address, bytes: place.bytes, owner, version, loaded });
      return loaded;
    },
  };
}

/** Whether a picture can be a ground: not too narrow to be converted, and not so large that it would fill the memory. */
export function fitsAsGround(
  { width, height }: Pick<GroundPicture, 'width' | 'height'>,
  frame: { readonly width: number; readonly height: number },
): boolean {
  const pixels = width * height;
  return width >= 2 * narrowestPixels && height >= 2 && pixels <= mostFrames * frame.width * frame.height;
}

/** How many frames large a picture may be. */
const mostFrames = 3;

/** Samples are read sixteen at a time, the last ones too. */
const readAhead = 16;

function evenly(side: number): number {
  return 2 * Math.ceil(side / 2);
}

function planesAt(luma: number, size: { readonly width: number; readonly height: number }): Planes {
  const [width, height] = [evenly(size.width), evenly(size.height)];
  const blue = luma + width * height;
  return { luma, lumaStride: width, blue, red: blue + (width * height) / 4, chromaStride: width / 2 };
}

function convertInStrips(
  module: YuvModule,
  pixels: Uint8Array,
  {
    strip,
    to,
  }: { readonly strip: { readonly address: number; readonly bytes: number }; readonly to: LoadedPicture },
): void {
  const { width, height } = to;
  const across = evenly(width);
  const rows = Math.max(2, 2 * Math.floor(strip.bytes / (across * 4 * 2)));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, evenly(height) - top);
    for (let row = 0; row < count; row += 1) {
      const start = Math.min(top + row, height - 1) * width * 4;
      const at = strip.address + row * across * 4;
      module.memory.set(pixels.subarray(start, start + width * 4), at);
      if (across > width) module.memory.copyWithin(at + width * 4, at + width * 4 - 4, at + width * 4);
    }
    module.convert({ width: across, height: count }, strip.address, {
      ...to,
      luma: to.luma + top * to.lumaStride,
      blue: to.blue + (top / 2) * to.chromaStride,
      red: to.red + (top / 2) * to.chromaStride,
    });
  }
}

function copyPlanes({ memory }: YuvModule, from: PlaneBytes, { width, height, ...to }: LoadedPicture): void {
  const planes = [
    { from: from.luma, stride: from.lumaStride, to: to.luma, width, height },
    { from: from.blue, stride: from.chromaStride, to: to.blue, width: width / 2, height: height / 2 },
    { from: from.red, stride: from.chromaStride, to: to.red, width: width / 2, height: height / 2 },
  ];
  for (const plane of planes) {
    if (plane.stride === plane.width)
      memory.set(plane.from.subarray(0, plane.width * plane.height), plane.to);
    else {
      for (let row = 0; row < plane.height; row += 1) {
        const start = row * plane.stride;
        memory.set(plane.from.subarray(start, start + plane.width), plane.to + row * plane.width);
      }
    }
  }
}
