import {
  type Area,
  createPictureRows,
  type PictureRequest,
  type PlaneName,
  type RowMaker,
} from './picture-rows.ts';
import type { OverPlanes, Planes, YuvModule } from './yuv-module.ts';

export type { Area } from './picture-rows.ts';

export interface ComposeRequest {
  /** One or two, from the lowest on. */
  readonly layers: readonly (PictureRequest & {
    /** How much of it is seen over the one below, 0 to 1. */
    readonly opacity: number;
    readonly over: OverRows;
  })[];
  /** What lies over them all. */
  readonly top: OverRows;
  /** What is made: even numbers, at least 32 wide. */
  readonly area: Area;
  /** The frame. */
  readonly to: Planes;
}

/** What lies over a picture, in planes of the frame's size; only in these rows there is anything. */
export interface OverRows {
  readonly planes: OverPlanes;
  readonly rows: { readonly from: number; readonly to: number };
}

/** Puts a part of a frame together, row by row. */
export type Composer = (request: ComposeRequest) => void;

const planes = [
  { name: 'luma', stride: 'lumaStride', of: 1 },
  { name: 'blue', stride: 'chromaStride', of: 2 },
  { name: 'red', stride: 'chromaStride', of: 2 },
] as const satisfies readonly PlaneName[];

/** @param widest In pixels. */
export function createComposer(module: YuvModule, widest: number): Composer {
  const lower = createPictureRows(module, widest);
  const upper = createPictureRows(module, widest);
  const [first, second, mixed] = [1, 2, 3].map(() => module.reserve(widest + 16)) as [number, number, number];
  return ({ layers: [lowest, mixedIn], top, area, to }) => {
    if (lowest === undefined) throw new RangeError('a frame has a layer');
    for (const plane of planes) {
      const { name, stride, of } = plane;
      const part = { x: area.x / of, y: area.y / of, width: area.width / of, height: area.height / of };
      const over = (rows: OverRows, below: RowMaker, row: number): RowMaker =>
        overRow(module, { rows, below, plane, part, row });
      let rowOf = over(lowest.over, lower(lowest, plane, part), first);
      if (mixedIn !== undefined) {
        const other = over(mixedIn.over, upper(mixedIn, plane, part), second);
        rowOf = mixedRow(module, {
          one: rowOf,
          other,
          share: mixedIn.opacity,
          width: part.width,
          row: mixed,
        });
      }
      rowOf = over(top, rowOf, first);
      for (let y = part.y; y < part.y + part.height; y += 1) rowOf(y, to[name] + y * to[stride] + part.x);
    }
  };
}

function overRow(
  module: YuvModule,
  of: {
    readonly rows: OverRows;
    readonly below: RowMaker;
    readonly plane: PlaneName;
    readonly part: Area;
    readonly row: number;
  },
): RowMaker {
  const { rows, below, plane, part, row } = of;
  const [from, to] = [rows.rows.from / plane.of, rows.rows.to / plane.of];
  const over = rows.planes[plane.name];
  const opacity = plane.of === 1 ? rows.planes.opacity : rows.planes.chromaOpacity;
  const stride = rows.planes[plane.stride];
  return (y, target) => {
    if (y < from || y >= to) return below(y, target);
    const at = y * stride + part.x;
    module.blendRow(below(y), over + at, opacity + at, part.width, target ?? row);
    return target ?? row;
  };
}

function mixedRow(
  module: YuvModule,
  of: {
    readonly one: RowMaker;
    readonly other: RowMaker;
    readonly share: number;
    readonly width: number;
    readonly row: number;
  },
): RowMaker {
  const { one, other, width, row } = of;
  const weight = Math.round(of.share * 32_767);
  return (y, target = row) => {
    module.fadeRows(one(y), other(y), weight, width, target);
    return target;
  };
}
