import {
  AV_BUFFERSRC_FLAG_KEEP_REF,
  AVCOL_PRI_BT2020,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants';
import { Filter, type FilterContext, FilterGraph, Frame } from 'node-av/lib';
import type { Size } from './clip-geometry.ts';
import { check, required } from './ffmpeg.ts';

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
  let open: OpenGraph | undefined;
  return {
    paint: async (frame, pixels) => {
      nameWideColors(frame);
      const input = inputSettings(frame);
      if (open?.input !== input) {
        open?.graph.free();
        open = await openGraph(input, size);
      }
      check(open.source.buffersrcAddFrameSync(frame, AV_BUFFERSRC_FLAG_KEEP_REF), 'map high dynamic range');
      check(open.sink.buffersinkGetFrameSync(mapped), 'map high dynamic range');
      copyRows(mapped, pixels, size);
      mapped.unref();
    },
    [Symbol.dispose]: () => {
      open?.graph.free();
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

interface OpenGraph {
  /** The settings it was made for. */
  readonly input: string;
  readonly graph: FilterGraph;
  readonly source: FilterContext;
  readonly sink: FilterContext;
}

async function openGraph(input: string, { width, height }: Size): Promise<OpenGraph> {
  const graph = new FilterGraph();
  graph.alloc();
  try {
    const source = addFilter(graph, { name: 'buffer', settings: input, label: 'in' });
    const sink = addFilter(graph, { name: 'buffersink', settings: '', label: 'out' });
    const steps = [
      ['zscale', `w=${width}:h=${height}:filter=bicubic:t=linear:npl=${whiteNits}`],
      ['format', 'gbrpf32le'],
      ['zscale', 'p=bt709'],
      ['tonemap', `tonemap=mobius:desat=0:peak=${brightestNits / whiteNits}`],
      ['zscale', 't=iec61966-2-1:m=gbr:r=full'],
      ['format', 'rgba'],
    ] as const;
    let last = source;
    for (const [index, [name, settings]] of steps.entries()) {
      last = linked(last, addFilter(graph, { name, settings, label: `${name}-${index}` }));
    }
    linked(last, sink);
    check(await graph.config(), 'set up the mapping of high dynamic range');
    return { input, graph, source, sink };
  } catch (error) {
    graph.free();
    throw error;
  }
}

const whiteNits = 203;
const brightestNits = 1000;

function addFilter(
  graph: FilterGraph,
  { name, settings, label }: { name: string; settings: string; label: string },
): FilterContext {
  const filter = required(Filter.getByName(name), `filter ${name}`);
  return required(graph.createFilter(filter, label, settings), `filter ${name}`);
}

function linked(from: FilterContext, to: FilterContext): FilterContext {
  check(from.link(0, to, 0), 'set up the mapping of high dynamic range');
  return to;
}

function copyRows(frame: Frame, pixels: Uint8Array, { width, height }: Size): void {
  const plane = required(frame.data?.[0], 'RGBA plane');
  const stride = required(frame.linesize[0], 'row length');
  for (let row = 0; row < height; row += 1) {
    pixels.set(plane.subarray(row * stride, row * stride + width * 4), row * width * 4);
  }
}
