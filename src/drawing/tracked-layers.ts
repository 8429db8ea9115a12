import type { DrawingContext, Layer } from './drawing-context.ts';

interface Track {
  readonly id: number;
  /** How often something was painted on it. */
  strokes: number;
}

const tracks = new WeakMap<object, Track>();
let count = 0;

/** Names what an object looks like at this moment: another name after something was painted on a tracked layer. */
export function appearanceOf(object: object): string {
  const { id, strokes } = trackOf(object);
  return `#${id}.${strokes}`;
}

/** Says that a layer looks otherwise from now on. */
export function touch(layer: object): void {
  trackOf(layer).strokes += 1;
}

function trackOf(object: object): Track {
  const known = tracks.get(object);
  if (known !== undefined) return known;
  const track = { id: ++count, strokes: 0 };
  tracks.set(object, track);
  return track;
}

const opaqueLayers = new WeakSet();

/** Whether it is a layer without transparency. */
export function isOpaqueLayer(object: object): boolean {
  return opaqueLayers.has(object);
}

/** Makes layers that notice when they are painted on. They are the canvas's own: it draws them as any other. */
export function trackingLayers(
  createLayer: (width: number, height: number) => Layer,
): (width: number, height: number) => Layer {
  return (width, height) => {
    const layer = createLayer(width, height);
    const open = layer.getContext.bind(layer);
    let tracked: DrawingContext | null = null;
    layer.getContext = (kind, settings) => {
      const context = tracked ?? open(kind, settings);
      tracked ??= context && trackedContext(context, trackOf(layer));
      if (settings?.alpha === false) opaqueLayers.add(layer);
      return tracked;
    };
    return layer;
  };
}

/** Asking changes no pixel; everything else counts as painting. */
const questions = new Set<PropertyKey>(['measureText', 'createLinearGradient', 'createRadialGradient']);

function trackedContext(context: DrawingContext, track: Track): DrawingContext {
  return new Proxy(context, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...values: unknown[]) => {
        if (!questions.has(name)) track.strokes += 1;
        return Reflect.apply(value, target, values);
      };
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}
