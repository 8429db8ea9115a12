import { type Box, overlap } from './box.ts';
import { type Change, changedArea } from './changed-area.ts';
import { createRecorder, type DisplayList, type PaintOp } from './display-list.ts';
import { drawFrame, type FrameRequest } from './draw-frame.ts';
import { type DrawingContext, type DrawingSurface, type Layer, openLayer } from './drawing-context.ts';
import { trackingLayers } from './tracked-layers.ts';

/** Paints one frame after another on a canvas that nobody else touches, each no more than it has to. */
export interface FramePainter {
  /**
   * Makes the canvas show the frame, pixel for pixel as `drawFrame` would on an empty one, whatever was there before.
   *
   * @returns what is different from the frame before; everything at first. Throws what `drawFrame` throws.
   */
  paint(request: FrameRequest): Change;
}

export interface PainterSurface extends DrawingSurface {
  readonly width: number;
  readonly height: number;
  readonly isOpaque: (picture: object) => boolean;
  /** Copies a part of an opaque picture to the same place on a canvas; false for one that has to be drawn. */
  readonly copyPicture: (context: DrawingContext, picture: object, area: Box) => boolean;
}

export function createFramePainter(surface: PainterSurface): FramePainter {
  const { isOpaque } = surface;
  const createLayer = trackingLayers(surface.createLayer);
  const scratch = openLayer(surface, { width: 1, height: 1 }).context;
  const painter = createRepainter(surface, scratch);
  const repainters = new WeakMap<Layer, Repainter>();
  const repaintLayer: DrawingSurface['repaintLayer'] = ({ layer, context }, paint) => {
    const repainter = repainters.get(layer) ?? createRepainter({ ...surface, context, createLayer }, scratch);
    repainters.set(layer, repainter);
    repainter(paint);
  };
  return {
    paint: (request) =>
      painter((context) => drawFrame({ context, createLayer, isOpaque, repaintLayer }, request)),
  };
}

/** Makes a canvas show what is painted on the context that is handed over. @returns what is different from the last time. */
type Repainter = (paint: (context: DrawingContext) => void) => Change;

/** @param scratch Measures, and is never shown. */
function createRepainter(surface: PainterSurface, scratch: DrawingContext): Repainter {
  const { width, height } = surface;
  const recorder = createRecorder(scratch);
  let last: DisplayList | undefined;
  return (paint) => {
    const before = last;
    last = undefined;
    recorder.take();
    paint(recorder.context);
    const list = recorder.take();
    if (!list.isRepeatable()) {
      paint(surface.context);
      return 'everything';
    }
    const change = before === undefined ? 'everything' : changedArea(before.ops, list.ops, { width, height });
    repaint(surface, list, change);
    last = list;
    return change;
  };
}

function repaint(surface: PainterSurface, list: DisplayList, change: Change): void {
  const { context, width, height } = surface;
  if (change === 'nothing') return;
  const area = change === 'everything' ? { x: 0, y: 0, width, height } : change;
  // The canvas then forgets how it came to show what it does, instead of keeping a copy of that to paint on.
  if (change === 'everything') context.clearRect(0, 0, width, height);
  const visible = visibleIn(area, list, surface);
  const isCopied = copyGround(area, visible, surface);
  const painted = new Set(isCopied ? visible.slice(1) : visible);
  context.save();
  if (change !== 'everything') clipTo(context, change);
  list.replay(context, (op) => painted.has(op));
  context.restore();
}

function visibleIn(area: Box, { ops }: DisplayList, { isOpaque }: PainterSurface): readonly PaintOp[] {
  const hiding = ops.findLastIndex((op) => op.hides(area, isOpaque));
  return ops.slice(Math.max(0, hiding)).filter((op) => touches(op.bounds(), area));
}

/** What lies under everything is no more than copied, when it is a picture that hides the area and is shown as it is. */
function copyGround(area: Box, [ground]: readonly PaintOp[], surface: PainterSurface): boolean {
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
