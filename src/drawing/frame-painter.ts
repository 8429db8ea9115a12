import { type Box, boxAround, overlap } from './box.ts';
import { type Change, changedArea, snap } from './changed-area.ts';
import { createRecorder, type DisplayList, type PaintOp, type Recorder } from './display-list.ts';
import { drawFrame, type FrameRequest } from './draw-frame.ts';
import { type DrawingContext, type DrawingSurface, type Layer, openLayer } from './drawing-context.ts';
import { type Ground, type LayeredFrame, layeredFrame } from './layered-frame.ts';
import { isOpaqueLayer, touch, trackingLayers } from './tracked-layers.ts';

/** Takes one frame after another apart, so that no more has to be painted of each than is different from the one before. */
export interface FramePainter {
  /** Until the next frame, the frame is there to be painted. Throws what `drawFrame` throws. */
  paint(request: FrameRequest): Layered;
}

/** A frame for the caller to put together. */
export interface Layered {
  /** From the lowest on: pictures that the caller shows itself. */
  readonly layers: readonly LayeredGround[];
  /** What lies over them all; where there are none, the whole frame as `drawFrame` paints it, which nothing is seen through. */
  readonly top: Over;
  /** Whether the frame before had the same grounds, in the same places and seen as much. */
  readonly hasSameGrounds: boolean;
}

export interface LayeredGround {
  readonly ground: Ground;
  /** How much of the ground and what lies over it is seen over the layers below, 0 to 1. */
  readonly opacity: number;
  readonly over: Over;
}

/** What is painted over grounds, or over nothing. */
export interface Over {
  /** What of it is different from the frame before; everything where that had no such layer. */
  readonly change: Change;
  /** Where there is anything, on whole pixels; undefined when there is nothing. */
  readonly covered: Box | undefined;
  /** Paints what there is in an area, and perhaps more, on transparent ground. */
  paint(context: DrawingContext, area: Box): void;
}

export interface PainterSurface extends Pick<DrawingSurface, 'createLayer'> {
  readonly width: number;
  readonly height: number;
  readonly isOpaque: (picture: object) => boolean;
  /** Copies a part of an opaque picture to the same place on a layer; false for one that has to be drawn. */
  readonly copyPicture: (context: DrawingContext, picture: object, area: Box) => boolean;
  /** Whether the caller shows an opaque picture itself, and blends what lies over it. */
  readonly takesGround: (ground: Ground) => boolean;
}

export function createFramePainter(shown: PainterSurface): FramePainter {
  const isOpaque = (picture: object): boolean => isOpaqueLayer(picture) || shown.isOpaque(picture);
  const surface = { ...shown, isOpaque };
  const createLayer = trackingLayers(surface.createLayer);
  const recorder = createRecorder(openLayer(surface, { width: 1, height: 1 }).context);
  const layerPainters = new WeakMap<object, LayerPainter>();
  /** Whether layers are painted as soon as that is asked for, instead of when they are drawn. */
  let isDirect = false;
  const repaintLayer: DrawingSurface['repaintLayer'] = ({ layer, context }, paint) => {
    const painter = layerPainters.get(layer) ?? createLayerPainter({ ...surface, context }, layer);
    layerPainters.set(layer, painter);
    painter.record(paint);
    if (isDirect) painter.paintNow();
  };
  const draw = (context: DrawingContext, request: FrameRequest): void =>
    drawFrame({ context, createLayer, isOpaque, repaintLayer }, request);
  const drawDirectly = (context: DrawingContext, request: FrameRequest): void => {
    isDirect = true;
    try {
      draw(context, request);
    } finally {
      isDirect = false;
    }
  };
  /** Makes the layers among the pictures show what was last recorded for them. */
  const paintLayers = (ops: readonly PaintOp[]): void => {
    for (const { picture } of ops) if (picture !== undefined) layerPainters.get(picture)?.paintNow();
  };
  const isRepeatable = (list: DisplayList): boolean =>
    list.isRepeatable() &&
    list.ops.every(({ picture }) => picture === undefined || layerPainters.get(picture)?.isStale() !== true);
  const rules = { ...surface, recorded: (layer: object) => layerPainters.get(layer)?.recorded() };
  let last: LayeredFrame | undefined;
  return {
    paint: (request) => {
      const before = last;
      last = undefined;
      const list = record(recorder, (context) => draw(context, request));
      if (!isRepeatable(list)) return unlayered((context) => drawDirectly(context, request), surface);
      const now = layeredFrame(list, rules) ?? { layers: [], top: list.ops };
      last = now;
      return toLayered(list, now, { before, surface, paintLayers });
    },
  };
}

/** A frame of which nothing is known. */
function unlayered(paint: (context: DrawingContext) => void, surface: PainterSurface): Layered {
  const top: Over = { change: 'everything', covered: wholeOf(surface), paint };
  return { layers: [], top, hasSameGrounds: false };
}

function record(recorder: Recorder, paint: (context: DrawingContext) => void): DisplayList {
  recorder.take();
  paint(recorder.context);
  return recorder.take();
}

/** Makes a layer show one thing after another, and only when somebody looks. */
interface LayerPainter {
  record(paint: (context: DrawingContext) => void): void;
  /** What it is to show; undefined when it was painted in a way that cannot be told. */
  recorded(): DisplayList | undefined;
  /** Whether that can no longer be painted, for what it shows was painted on. */
  isStale(): boolean;
  paintNow(): void;
}

function createLayerPainter(
  surface: PainterSurface & { readonly context: DrawingContext },
  layer: Layer,
): LayerPainter {
  const recorder = createRecorder(openLayer(surface, { width: 1, height: 1 }).context);
  let asked: DisplayList | undefined;
  let shown: DisplayList | undefined;
  return {
    record: (paint) => {
      const list = record(recorder, paint);
      if (!list.isRepeatable()) {
        [asked, shown] = [undefined, undefined];
        paint(surface.context);
        return;
      }
      if (asked === undefined || changedArea(asked.ops, list.ops, surface) !== 'nothing') touch(layer);
      asked = list;
    },
    recorded: () => asked,
    isStale: () => asked?.isRepeatable() === false,
    paintNow: () => {
      if (asked === undefined || asked === shown) return;
      const change = shown === undefined ? 'everything' : changedArea(shown.ops, asked.ops, surface);
      repaint(surface, asked, change);
      shown = asked;
    },
  };
}

interface LayeredContext {
  readonly before: LayeredFrame | undefined;
  readonly surface: PainterSurface;
  readonly paintLayers: (ops: readonly PaintOp[]) => void;
}

function toLayered(list: DisplayList, { layers, top }: LayeredFrame, context: LayeredContext): Layered {
  const { before } = context;
  const old = before?.layers.length === layers.length ? before : undefined;
  return {
    layers: layers.map(({ ground, opacity, ...over }, index) => ({
      ...{ ground, opacity },
      over: overOf({ ...over, opsBefore: old?.layers[index]?.ops }, context),
    })),
    top: overOf({ list, ops: top, opsBefore: old?.top, isWhole: layers.length === 0 }, context),
    hasSameGrounds: layers.every((layer, index) => isSame(layer, old?.layers[index])),
  };
}

function overOf(
  of: {
    readonly list: DisplayList;
    readonly ops: readonly PaintOp[];
    readonly opsBefore: readonly PaintOp[] | undefined;
    readonly isWhole?: boolean;
  },
  { surface, paintLayers }: LayeredContext,
): Over {
  const { list, ops, opsBefore, isWhole = false } = of;
  return {
    change: opsBefore === undefined ? 'everything' : changedArea(opsBefore, ops, surface),
    covered: isWhole ? wholeOf(surface) : coveredBy(ops, surface),
    paint: (context, area) => {
      const painted = new Set(visibleIn(area, ops, surface));
      paintLayers([...painted]);
      list.replay(context, (op) => painted.has(op));
    },
  };
}

type LayerOf = LayeredFrame['layers'][number];

function isSame(one: LayerOf, other: LayerOf | undefined): boolean {
  if (one.ground.look !== other?.ground.look || one.opacity !== other.opacity) return false;
  const { x, y, width, height } = one.ground.place;
  const { place } = other.ground;
  return x === place.x && y === place.y && width === place.width && height === place.height;
}

function coveredBy(ops: readonly PaintOp[], surface: PainterSurface): Box | undefined {
  const box = boxAround(ops.map((op) => op.bounds() ?? wholeOf(surface)));
  return box && snap(box, surface);
}

function repaint(
  surface: PainterSurface & { readonly context: DrawingContext },
  list: DisplayList,
  change: Change,
): void {
  const { context, width, height } = surface;
  if (change === 'nothing') return;
  const area = change === 'everything' ? wholeOf(surface) : change;
  // The canvas then forgets how it came to show what it does, instead of keeping a copy of that to paint on.
  if (change === 'everything') context.clearRect(0, 0, width, height);
  const visible = visibleIn(area, list.ops, surface);
  const isCopied = copyGround(area, visible, surface);
  const painted = new Set(isCopied ? visible.slice(1) : visible);
  context.save();
  if (change !== 'everything') clipTo(context, change);
  list.replay(context, (op) => painted.has(op));
  context.restore();
}

function wholeOf({ width, height }: PainterSurface): Box {
  return { x: 0, y: 0, width, height };
}

function visibleIn(area: Box, ops: readonly PaintOp[], { isOpaque }: PainterSurface): readonly PaintOp[] {
  const hiding = ops.findLastIndex((op) => op.hides(area, isOpaque));
  return ops.slice(Math.max(0, hiding)).filter((op) => touches(op.bounds(), area));
}

/** What lies under everything is no more than copied, when it is a picture that hides the area and is shown as it is. */
function copyGround(
  area: Box,
  [ground]: readonly PaintOp[],
  surface: PainterSurface & { readonly context: DrawingContext },
): boolean {
  if (ground?.copied === undefined || !ground.hides(area, surface.isOpaque)) return false;
  return surface.copyPicture(surface.context, ground.copied, area);
}

function clipTo(context: DrawingContext, { x, y, width, height }: Box): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

function touches(bounds: Box | undefined, area: Box): boolean {
  return bounds === undefined || overlap(bounds, area);
}
