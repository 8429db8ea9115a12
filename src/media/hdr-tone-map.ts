import {
  AV_BUFFERSRC_FLAG_KEEP_REF,
  AVCOL_PRI_BT2020,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants';
import { Frame } from 'node-av/lib';
import type { Size } from './clip-geometry.ts';
import { check, required } from './ffmpeg.ts';
import { type FilterRow, openFilterRow } from './filter-row.ts';

/** Brings pictures of high dynamic range (PQ or HLG) into what a screen shows: sRGB of one size. */
export interface HdrToneMap extends Disposable {
  /** Fills rows of RGBA, without padding. The frame is ordinary YUV with its range named. */
  paint(frame: Frame, pixels: Uint8Array): Promise<void>;
}

export function isHdr({ colorTrc }: Frame): boolean {
  return colorTrc === AVCOL_TRC_SMPTE2084 || colorTrc === AVCOL_TRC_ARIB_STD_B67;
}

/**
 * White on paper (203 cd/m², ITU-R BT.2408) stays bright, what is darker stays as it is, and highlights up to 1000 cd/m² get
 * the rest: they keep their structure where a plain conversion makes one white of them.
 */
export function createHdrToneMap(size: Size): HdrToneMap {
  const mapped = new Frame();
  mapped.alloc();
  let open: OpenRow | undefined;
  return {
    paint: async (frame, pixels) => {
      nameWideColors(frame);
      const input = inputSettings(frame);
      if (open?.input !== input) {
        open?.row[Symbol.dispose]();
        open = undefined;
        open = await openRow(input, size);
      }
      check(
        open.row.source.buffersrcAddFrameSync(frame, AV_BUFFERSRC_FLAG_KEEP_REF),
        'map high dynamic range',
      );
      check(open.row.sink.buffersinkGetFrameSync(mapped), 'map high dynamic range');
      copyRows(mapped, pixels, size);
      mapped.unref();
    },
    [Symbol.dispose]: () => {
      open?.row[Symbol.dispose]();
      mapped.free();
    },
  };
}

/** What the file leaves open is what such files have. */
function nameWideColors(frame: Frame): void {
  if (frame.colorPrimaries === AVCOL_PRI_UNSPECIFIED) frame.colorPrimaries = AVCOL_PRI_BT2020;
  if (frame.colorSpace === AVCOL_SPC_UNSPECIFIED) frame.colorSpace = AVCOL_SPC_BT2020_NCL;
}

function inputSettings({ width, height, format, colorSpace, colorRange }: Frame): string {
  return `video_size=${width}x${height}:pix_fmt=${format}:time_base=1/1:colorspace=${colorSpace}:range=${colorRange}`;
}

interface OpenRow {
  /** The settings it was made for. */
  readonly input: string;
  readonly row: FilterRow;
}

async function openRow(input: string, { width, height }: Size): Promise<OpenRow> {
  const row = await openFilterRow({
    source: { name: 'buffer', settings: input },
    filters: [
      { name: 'zscale', settings: `w=${width}:h=${height}:filter=bicubic:t=linear:npl=${whiteNits}` },
      { name: 'format', settings: 'gbrpf32le' },
      { name: 'zscale', settings: 'p=bt709' },
      { name: 'tonemap', settings: `tonemap=mobius:desat=0:peak=${brightestNits / whiteNits}` },
      { name: 'zscale', settings: 't=iec61966-2-1:m=gbr:r=full' },
      { name: 'format', settings: 'rgba' },
    ],
    sink: 'buffersink',
  });
  return { input, row };
}

const whiteNits = 203;
const brightestNits = 1000;

function copyRows(frame: Frame, pixels: Uint8Array, { width, height }: Size): void {
  const plane = required(frame.data?.[0], 'RGBA plane');
  const stride = required(frame.linesize[0], 'row length');
  for (let row = 0; row < height; row += 1) {
    pixels.set(plane.subarray(row * stride, row * stride + width * 4), row * width * 4);
  }
}
