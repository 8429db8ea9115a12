import { type Box, boxAround, contains } from './box.ts';
import type { DrawingContext } from './drawing-context.ts';
import { type DrawingState, type Matrix, staysInside } from './drawing-state.ts';

/** One step of a path, under the matrix of its time. */
export interface PathStep {
  readonly name: string;
  readonly numbers: readonly number[];
  readonly text: string;
  readonly matrix: Matrix | undefined;
}

/** One call that paints, with all that it depends on. */
export interface Paint {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly state: DrawingState;
  readonly path: readonly PathStep[];
}

export interface PaintBounds {
  /** Pixels outside of it stay as they are; undefined when that is not known. */
  bounds(): Box | undefined;
  /** Whether any part of it, painted through a clip of whole pixels, is surely what the whole would be there. */
  readonly isDivisible: boolean;
  /** Whether nothing that was painted before can be seen in the area any more. @param isOpaque Of pictures. */
  hides(area: Box, isOpaque: (picture: object) => boolean): boolean;
  /** A picture that is copied as it is, from the canvas's top left corner on. */
  readonly copied: object | undefined;
  /** A picture or layer that is drawn. */
  readonly picture: object | undefined;
  /** Where it lies, when it is a whole one, scaled and moved, whatever of it is cut off. */
  readonly placed: PlacedPicture | undefined;
  /** Whether what was there before is seen as far as this is seen through, and no more is made of the two. */
  readonly isOver: boolean;
}

export interface PlacedPicture {
  readonly picture: object;
  /** Pixels with fractions. */
  readonly box: Box;
  /** 0 to 1. */
  readonly opacity: number;
  /** What it is seen in, each; undefined for one that is not known. */
  readonly clips: readonly (Box | undefined)[];
}

/** Where a call paints, on whole pixels with room for soft edges. @param ruler Measures text. */
export function paintBounds(paint: Paint, ruler: DrawingContext): PaintBounds {
  let known: { readonly box: Box | undefined } | undefined;
  const bounds = (): Box | undefined => {
    if (!staysInside(paint.state)) return undefined;
    const box = shapeOf(paint, ruler);
    return box && around(box);
  };
  return {
    bounds: () => {
      known ??= { box: bounds() };
      return known.box;
    },
    isDivisible: isDivisible(paint),
    hides: (area, isOpaque) => hides(paint, area, isOpaque),
    copied: copied(paint),
    picture: paint.name === 'drawImage' && isSized(paint.values[0]) ? paint.values[0] : undefined,
    placed: placed(paint),
    isOver: (paint.state.set['globalCompositeOperation'] ?? 'source-over') === 'source-over',
  };
}

function shapeOf({ name, values, state, path }: Paint, ruler: DrawingContext): Box | undefined {
  switch (name) {
    case 'drawImage':
      return shapeOfPicture(values, state);
    case 'fillRect':
      return toPixels(boxOf(values), state.matrix);
    case 'fill':
      return pathBox(path);
    case 'stroke':
      return grown(pathBox(path), lineReach(state));
    case 'fillText':
      return toPixels(textBox(values, state, ruler), state.matrix);
    case 'strokeText':
      return grown(toPixels(textBox(values, state, ruler), state.matrix), lineReach(state));
    default:
      return undefined;
  }
}

function shapeOfPicture(values: readonly unknown[], { matrix }: DrawingState): Box | undefined {
  return toPixels(boxOf(values.slice(values.length > 5 ? 5 : 1)), matrix);
}

/** The rectangle that a path is, when it is one of whole pixels. */
export function wholeRectangle(path: readonly PathStep[]): Box | undefined {
  const [step, ...rest] = path;
  if (step === undefined || rest.length > 0 || step.name !== 'rect') return undefined;
  const box = toPixels(boxOf(step.numbers), step.matrix);
  return box !== undefined && Object.values(box).every(Number.isInteger) ? box : undefined;
}

/**
 * A picture that is copied pixel by pixel, or a rectangle of one colour, is the same in parts. Whatever has soft edges or
 * is resampled might be rounded differently where a clip begins.
 */
function isDivisible({ name, values, state }: Paint): boolean {
  const { matrix, clips } = state;
  if (matrix?.scaleX !== 1 || matrix.scaleY !== 1 || clips.includes(undefined) || !staysInside(state))
    return false;
  if (name === 'fillRect')
    return typeof (state.set['fillStyle'] ?? '') === 'string' && isWhole(values, matrix);
  const [picture] = values;
  if (name !== 'drawImage' || values.length > 5 || !isSized(picture)) return false;
  const [, x, y, width = picture.width, height = picture.height] = values;
  return width === picture.width && height === picture.height && isWhole([x, y], matrix);
}

function copied(paint: Paint): object | undefined {
  const { name, values, state } = paint;
  if (name !== 'drawImage' || (state.set['globalAlpha'] ?? 1) !== 1 || !isDivisible(paint)) return undefined;
  const [picture] = values;
  const box = shapeOfPicture(values, state);
  return isSized(picture) && box?.x === 0 && box.y === 0 ? picture : undefined;
}

function placed({ name, values, state }: Paint): PlacedPicture | undefined {
  const [picture] = values;
  if (name !== 'drawImage' || values.length > 5 || !isSized(picture) || !staysInside(state)) return undefined;
  const { globalAlpha = 1, imageSmoothingEnabled = true } = state.set;
  const [, x, y, width = picture.width, height = picture.height] = values;
  const box = toPixels(boxOf([x, y, width, height]), state.matrix);
  if (imageSmoothingEnabled !== true || box === undefined) return undefined;
  return { picture, box, opacity: Number(globalAlpha), clips: state.clips };
}

function hides(paint: Paint, area: Box, isOpaque: (picture: object) => boolean): boolean {
  const { name, values, state } = paint;
  const [picture] = values;
  if (name !== 'drawImage' || !isSized(picture) || !staysInside(state)) return false;
  if ((state.set['globalAlpha'] ?? 1) !== 1 || !isOpaque(picture)) return false;
  if (!state.clips.every((clip) => clip !== undefined && contains(clip, area))) return false;
  const box = shapeOfPicture(values, state);
  // The edge itself is smoothed where it is no copy.
  return box !== undefined && contains(box, isDivisible(paint) ? area : (grown(area, 1) ?? area));
}

function isSized(value: unknown): value is { readonly width: number; readonly height: number } {
  return typeof value === 'object' && value !== null && 'width' in value && 'height' in value;
}

function isWhole(values: readonly unknown[], { left, top }: Matrix): boolean {
  return [...values, left, top].every((value) => Number.isInteger(value));
}

function boxOf([x, y, width, height]: readonly unknown[]): Box | undefined {
  const numbers = [x, y, width, height].map(Number);
  const [left = 0, top = 0, across = 0, down = 0] = numbers;
  if (!numbers.every(Number.isFinite)) return undefined;
  return { x: left, y: top, width: across, height: down };
}

function pathBox(path: readonly PathStep[]): Box | undefined {
  const boxes: Box[] = [];
  for (const { name, numbers, matrix } of path) {
    if (name === 'closePath') continue;
    const box = toPixels(stepBox(name, numbers), matrix);
    if (box === undefined) return undefined;
    boxes.push(box);
  }
  return boxAround(boxes);
}

function stepBox(name: string, numbers: readonly number[]): Box | undefined {
  const [x = 0, y = 0, radius = 0] = numbers;
  if (name === 'arc') return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  if (name === 'moveTo' || name === 'lineTo') return { x, y, width: 0, height: 0 };
  return boxOf(numbers);
}

/** A pointed corner reaches five widths out at most: half of the usual miter limit of 10. */
function lineReach({ set, matrix }: DrawingState): number {
  const scale = Math.max(Math.abs(matrix?.scaleX ?? 1), Math.abs(matrix?.scaleY ?? 1));
  return 5 * Number(set['lineWidth'] ?? 1) * scale;
}

function textBox(
  [text, x, y]: readonly unknown[],
  { set }: DrawingState,
  ruler: DrawingContext,
): Box | undefined {
  ruler.save();
  Object.assign(ruler, set);
  const ink = ruler.measureText(String(text));
  ruler.restore();
  const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right } = ink;
  const { actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } = ink;
  // Some fonts' marks reach beyond what is measured.
  const room = (ascent + descent) / 2;
  const box = boxOf([Number(x) - left, Number(y) - ascent, left + right, ascent + descent]);
  return grown(box, room);
}

function grown(box: Box | undefined, by: number): Box | undefined {
  return box && { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

function toPixels(box: Box | undefined, matrix: Matrix | undefined): Box | undefined {
  if (box === undefined || matrix === undefined) return undefined;
  const xs = [box.x, box.x + box.width].map((x) => x * matrix.scaleX + matrix.left);
  const ys = [box.y, box.y + box.height].map((y) => y * matrix.scaleY + matrix.top);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Whole pixels, and one more on each side for smoothed edges. */
function around({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.floor(x) - 1, Math.floor(y) - 1];
  return { x: left, y: top, width: Math.ceil(x + width) + 1 - left, height: Math.ceil(y + height) + 1 - top };
}
