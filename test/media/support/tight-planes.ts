import type { Frame } from 'node-av/lib';
import { createYuvConverter, type DrawnLayers } from '../../../src/media/index.ts';

export interface TightPlanes {
  readonly luma: Buffer;
  readonly blue: Buffer;
  readonly red: Buffer;
}

/** The three planes without what stands between their rows. */
export function tightPlanes({ data, linesize, width, height }: Frame): TightPlanes {
  const plane = (index: number): Buffer => {
    const [columns, rows] = index === 0 ? [width, height] : [width / 2, height / 2];
    const stride = linesize[index] ?? 0;
    const bytes = data?.[index] ?? Buffer.alloc(0);
    return Buffer.concat(
      Array.from({ length: rows }, (_, row) => bytes.subarray(row * stride, row * stride + columns)),
    );
  };
  return { luma: plane(0), blue: plane(1), red: plane(2) };
}

/** What the encoder is handed for a frame that is drawn alone. */
export function planesAlone(
  drawn: DrawnLayers | 'unchanged',
  size: { readonly width: number; readonly height: number },
): TightPlanes {
  if (drawn === 'unchanged') throw new TypeError('A frame alone is drawn whole.');
  using converter = createYuvConverter(size);
  converter.loadLayers(drawn);
  return tightPlanes(converter.frame());
}

/** How far the bytes are from each other: at most, how many by more than 4, and the root of the mean square. */
export function distance(
  one: Buffer,
  other: Buffer,
): { readonly most: number; readonly far: number; readonly rms: number } {
  let [most, far, squares] = [0, 0, 0];
  for (const [index, value] of one.entries()) {
    const away = Math.abs(value - (other[index] ?? 0));
    most = Math.max(most, away);
    if (away > 4) far += 1;
    squares += away * away;
  }
  return { most, far, rms: Math.sqrt(squares / one.length) };
}
