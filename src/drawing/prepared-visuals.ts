import {
  type DrawablePicture,
  type DrawingSurface,
  drawPicture,
  type OpenLayer,
  openLayer,
} from './drawing-context.ts';
import { largestZoom } from './ken-burns.ts';
import { recent } from './recent.ts';
import type { PlacedVisual } from './visual.ts';

/** What is made of pictures before they are drawn; kept for stills, made again in every frame of a clip. */
export interface PreparedVisuals {
  /** The picture in a size near to the one that it is drawn in, where a plain filter would leave out pixels. */
  readonly sized: (picture: DrawablePicture, visual: PlacedVisual) => DrawablePicture;
  /** A blurred, darkened copy that covers the box; small, to be enlarged. Undefined for fits that need none. */
  readonly blurred: (picture: DrawablePicture, visual: PlacedVisual) => DrawablePicture | undefined;
}

export function prepareVisuals(surface: DrawingSurface): PreparedVisuals {
  const sized = new WeakMap<DrawablePicture, Map<string, DrawablePicture>>();
  const blurred = new WeakMap<DrawablePicture, Map<string, DrawablePicture>>();
  const blurs = new Map<string, Blur>();
  return {
    sized: (picture, visual) => {
      if (visual.plays) return picture;
      return keptFor(sized, picture, { visual, make: () => nearSize(surface, picture, visual) });
    },
    blurred: (picture, visual) => {
      if (visual.fit !== 'blur') return undefined;
      if (!visual.plays)
        return keptFor(blurred, picture, {
          visual,
          make: () => paintBlur(openBlur(surface, visual), picture),
        });
      const make = (): Blur => openBlur(surface, visual);
      return paintBlur(recent(blurs, `${visual.key} ${sizeName(visual)}`, { limit: 3, make }), picture);
    },
  };
}

function keptFor(
  kept: WeakMap<DrawablePicture, Map<string, DrawablePicture>>,
  picture: DrawablePicture,
  { visual, make }: { readonly visual: PlacedVisual; readonly make: () => DrawablePicture },
): DrawablePicture {
  const known = kept.get(picture) ?? new Map<string, DrawablePicture>();
  kept.set(picture, known);
  return recent(known, `${visual.fit} ${sizeName(visual)}`, { limit: 3, make });
}

function sizeName({ box }: PlacedVisual): string {
  return `${box.width}x${box.height}`;
}

/** A bilinear filter looks at four pixels: below this scale it would pass over others, and edges would flicker. */
const finestScale = 0.7;

function nearSize(
  surface: DrawingSurface,
  picture: DrawablePicture,
  { box, fit }: PlacedVisual,
): DrawablePicture {
  const scales = [box.width / picture.width, box.height / picture.height];
  const scale = fit === 'cover' ? Math.max(...scales) * largestZoom : Math.min(...scales);
  if (scale >= finestScale) return picture;
  const size = { width: Math.ceil(picture.width * scale), height: Math.ceil(picture.height * scale) };
  const { layer, context } = openLayer(surface, size);
  context.imageSmoothingQuality = 'high';
  drawPicture(context, picture, { x: 0, y: 0, ...size });
  return layer;
}

/** Canvases from the smallest, which the picture is shrunk to, each twice as large as the one before. */
type Blur = readonly [OpenLayer, ...OpenLayer[]];

/** In pixels of the smallest canvas's longer side: how much of the picture can still be told. */
const finestDetail = 18;
const doublings = 4;

function openBlur(surface: DrawingSurface, { box }: PlacedVisual): Blur {
  const scale = finestDetail / Math.max(box.width, box.height);
  const open = (times: number): OpenLayer =>
    openLayer(surface, { width: box.width * scale * times, height: box.height * scale * times });
  return [open(1), ...Array.from({ length: doublings }, (_, index) => open(2 ** (index + 1)))];
}

const shade = 'rgba(0, 0, 0, 0.42)';

/** Shrinking far and enlarging in small steps is a wide blur at the cost of looking at each pixel once. */
function paintBlur([first, ...rest]: Blur, picture: DrawablePicture): DrawablePicture {
  const { width, height } = first.layer;
  const scale = Math.max(width / picture.width, height / picture.height);
  const covering = { width: picture.width * scale, height: picture.height * scale };
  first.context.imageSmoothingQuality = 'medium';
  paintOver(first, picture, {
    ...covering,
    x: (width - covering.width) / 2,
    y: (height - covering.height) / 2,
  });
  first.context.fillStyle = shade;
  first.context.globalCompositeOperation = 'source-atop';
  first.context.fillRect(0, 0, width, height);
  let last = first;
  for (const next of rest) {
    paintOver(next, last.layer, { x: 0, y: 0, width: next.layer.width, height: next.layer.height });
    last = next;
  }
  return last.layer;
}

function paintOver(
  { context }: OpenLayer,
  picture: DrawablePicture,
  to: Parameters<typeof drawPicture>[2],
): void {
  context.globalCompositeOperation = 'copy';
  drawPicture(context, picture, to);
}
