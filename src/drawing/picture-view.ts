import type { Focus } from '../protocol/index.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies, in pixels with fractions. */
export interface Placement extends Size {
  readonly x: number;
  readonly y: number;
}

/** How a picture is looked at: how much it is enlarged beyond its fit, and how far the middle is from the anchor. */
export interface Aim {
  readonly zoom: number;
  /** In pixels of the box; right and down. */
  readonly shiftX: number;
  readonly shiftY: number;
}

export interface ViewRequest {
  readonly picture: Size;
  readonly box: Size;
  /** Whether the picture fills the box, or is whole in it. */
  readonly covers: boolean;
  readonly focus: Focus | undefined;
}

/**
 * Where the picture lies between two aims, from the box's top left corner. At both ends a picture that covers leaves
 * no gap and shows its focus, and one that is whole is in the box: all between them is a mean of the two, so that it
 * does too, and nothing ever has to be held back on the way, which would be seen as a jolt.
 *
 * @param progress 0 to 1, eased.
 */
export function placeBetween(request: ViewRequest, aims: readonly [Aim, Aim], progress: number): Placement {
  const { box } = request;
  const across = viewsAlong('width', request, aims);
  const down = viewsAlong('height', request, aims);
  const mix = (from: number, to: number): number => from + (to - from) * progress;
  const scale = box.width / mix(across.from.length, across.to.length);
  return {
    x: -mix(across.from.start, across.to.start) * scale,
    y: -mix(down.from.start, down.to.start) * scale,
    width: across.whole * scale,
    height: down.whole * scale,
  };
}

/** In one dimension, what is seen of a picture: in pixels of the picture as large as its fit makes it. */
interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** At the ends of the picture a focus may be seen at the edge of the view; else this far inside of it, in shares. */
const focusMargin = 0.12;

function viewsAlong(
  side: 'width' | 'height',
  { picture, box, covers, focus }: ViewRequest,
  aims: readonly [Aim, Aim],
): { readonly from: Stretch; readonly to: Stretch; readonly whole: number } {
  const scales = [box.width / picture.width, box.height / picture.height];
  const whole = picture[side] * (covers ? Math.max(...scales) : Math.min(...scales));
  const share = (side === 'width' ? focus?.x : focus?.y) ?? 0.5;
  const anchor = covers ? share * whole : whole / 2;
  const stretches = aims.map((aim) => {
    const length = box[side] / aim.zoom;
    const shift = side === 'width' ? aim.shiftX : aim.shiftY;
    return { start: anchor + shift - length / 2, length };
  });
  const limits = stretches.map(({ length }) => startLimits({ whole, length, anchor, covers }));
  return { ...holdInside(stretches, limits), whole };
}

/** Between which numbers a view may start. */
interface Limits {
  readonly low: number;
  readonly high: number;
}

function startLimits(of: {
  readonly whole: number;
  readonly length: number;
  readonly anchor: number;
  readonly covers: boolean;
}): Limits {
  const room = of.whole - of.length;
  const [low, high] = [Math.min(0, room), Math.max(0, room)];
  if (!of.covers) return { low, high };
  const margin = focusMargin * of.length;
  return {
    low: hold(of.anchor + margin - of.length, { low, high }),
    high: hold(of.anchor - margin, { low, high }),
  };
}

/** Both views go aside together where one would leave its limits, so that the way between them stays as long. */
function holdInside(
  [first, last]: readonly Stretch[],
  [firstLimits, lastLimits]: readonly Limits[],
): { readonly from: Stretch; readonly to: Stretch } {
  if (!(first && last && firstLimits && lastLimits)) throw new RangeError('A way has two ends.');
  const aside = hold(first.start, firstLimits) - first.start;
  const back = hold(last.start + aside, lastLimits) - (last.start + aside);
  const start = hold(first.start + aside + back, firstLimits);
  return {
    from: { ...first, start },
    to: { ...last, start: hold(last.start + aside + back, lastLimits) },
  };
}

function hold(value: number, { low, high }: Limits): number {
  return Math.min(high, Math.max(low, value));
}
