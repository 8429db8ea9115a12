import { type Box, overlap } from './box.ts';
import { type Change, changedArea } from './changed-area.ts';
import { createRecorder, type DisplayList, type PaintOp } from './display-list.ts';
import { drawFrame, type FrameRequest } from './draw-frame.ts';
import { type DrawingContext, type DrawingSurface, openLayer } from './drawing-context.ts';
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
  /** Whether a picture has no transparent pixel; what lies under such a one is not painted. */
  readonly isOpaque: (picture: object) => boolean;
}

export function createFramePainter(surface: PainterSurface): FramePainter {
  const { context, width, height } = surface;
  const createLayer = trackingLayers(surface.createLayer);
  const recorder = createRecorder(openLayer(surface, { width: 1, height: 1 }).context);
  let last: DisplayList | undefined;
  return {
    paint: (request) => {
      const before = last;
      last = undefined;
      recorder.take();
      drawFrame({ context: recorder.context, createLayer }, request);
      const list = recorder.take();
      if (!list.isRepeatable()) {
        drawFrame({ context, createLayer }, request);
        return 'everything';
      }
      const change =
        before === undefined ? 'everything' : changedArea(before.ops, list.ops, { width, height });
      repaint(surface, list, change);
      last = list;
      return change;
    },
  };
}

function repaint(surface: PainterSurface, list: DisplayList, change: Change): void {
  const { context, width, height } = surface;
  if (change === 'nothing') return;
  context.save();
  if (change === 'everything') {
    // Skia keeps what it handed out last until it is painted over: over all of it, so that nothing need be copied.
    context.fillStyle = '#000000';
    context.fillRect(0, 0, width, height);
    list.replay(context, visibleIn({ x: 0, y: 0, width, height }, list, surface));
  } else {
    clipTo(context, change);
    list.replay(context, visibleIn(change, list, surface));
  }
  context.restore();
}

function visibleIn(area: Box, { ops }: DisplayList, { isOpaque }: PainterSurface): (op: PaintOp) => boolean {
  const hiding = ops.findLastIndex((op) => op.hides(area, isOpaque));
  const visible = new Set(ops.slice(Math.max(0, hiding)).filter((op) => touches(op.bounds(), area)));
  return (op) => visible.has(op);
}

function clipTo(context: DrawingContext, { x, y, width, height }: Box): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

function touches(bounds: Box | undefined, area: Box): boolean {
  return bounds === undefined || overlap(bounds, area);
}
