import type { Box } from './box.ts';
import { appearanceOf } from './tracked-layers.ts';

/** What a context has been told about how to paint. Never changed: another state is another object. */
export interface DrawingState {
  /** Properties that were set, by name. */
  readonly set: Readonly<Record<string, unknown>>;
  /** From the drawing's own coordinates to pixels; undefined after a turn or a slant. */
  readonly matrix: Matrix | undefined;
  /** Clips and whatever else was asked for, in order. */
  readonly others: readonly string[];
  /** What each clip and each unknown request leaves: a rectangle of whole pixels, or something else. */
  readonly clips: readonly (Box | undefined)[];
}

/** x' = scaleX x + left, and so for y. */
export interface Matrix {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
}

export const initialState: DrawingState = {
  set: {},
  matrix: { scaleX: 1, scaleY: 1, left: 0, top: 0 },
  others: [],
  clips: [],
};

export function scaled(matrix: Matrix | undefined, [x, y]: readonly [number, number]): Matrix | undefined {
  return matrix && { ...matrix, scaleX: matrix.scaleX * x, scaleY: matrix.scaleY * y };
}

export function translated(
  matrix: Matrix | undefined,
  [x, y]: readonly [number, number],
): Matrix | undefined {
  if (matrix === undefined) return undefined;
  return { ...matrix, left: matrix.left + x * matrix.scaleX, top: matrix.top + y * matrix.scaleY };
}

const forText = ['font', 'textAlign', 'textBaseline', 'direction', 'letterSpacing', 'lang'];
const forLines = ['strokeStyle', 'lineWidth', 'lineJoin'];
const forPictures = ['imageSmoothingEnabled', 'imageSmoothingQuality'];

/** What each way of painting does not look at; a way that is not listed may look at everything. */
const ignored: Readonly<Record<string, ReadonlySet<string>>> = {
  drawImage: new Set([...forText, ...forLines, 'fillStyle']),
  fill: new Set([...forText, ...forLines, ...forPictures]),
  fillRect: new Set([...forText, ...forLines, ...forPictures]),
  stroke: new Set([...forText, ...forPictures, 'fillStyle']),
  fillText: new Set([...forLines, ...forPictures]),
};

/** Equal texts, equal looks of what is painted in this way. */
export function stateKey({ set, matrix, others }: DrawingState, way: string): string {
  const names = Object.keys(set).filter((name) => ignored[way]?.has(name) !== true);
  const properties = names.toSorted().map((name) => `${name}=${valueKey(set[name])}`);
  return [...properties, matrix && Object.values(matrix), ...others].join(';');
}

export function valueKey(value: unknown): string {
  if (typeof value === 'object' && value !== null) return appearanceOf(value);
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Those that keep paint within the shape it is given. */
const bounded = new Set([...forText, ...forLines, ...forPictures, 'globalAlpha', 'fillStyle']);

/** Whether nothing is painted outside of the shapes: no shadow, no filter, no operation that reaches farther. */
export function staysInside({ set }: DrawingState): boolean {
  return Object.entries(set).every(
    ([name, value]) => bounded.has(name) || (name === 'globalCompositeOperation' && value === 'source-over'),
  );
}
