import { boxAround } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { afterwards, later, objectEntrance, sceneEntrance } from './appearances.ts';
import { paintedPart } from './entering-part.ts';
import { wordsOnGround } from './ground.ts';
import { paintInk } from './quotation-mark.ts';
import { placeQuote, type QuoteBoxes, type QuoteRequest, type SetQuote, setQuote } from './quote-setting.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { scrimPart } from './scrim-part.ts';
import { textPart } from './text-part.ts';

/** The words in large type, the theme's mark or bar with them, and the name below. */
export function quotation(surface: DrawingSurface, request: SceneRequest, of: QuoteRequest): ScenePart[] {
  const set = setQuote(surface.context, request, of);
  const boxes = placeQuote(set, of.region);
  const { halo } = wordsOnGround(request);
  const words = boxAround(Object.values(boxes).filter((box) => box !== undefined));
  return [
    ...(halo === undefined || words === undefined
      ? []
      : [scrimPart(surface, request, { words, isList: false, appears: objectEntrance(request) })]),
    ...ornamentParts(surface, request, { set, boxes }),
    ...wordParts(surface, request, { set, boxes }),
  ];
}

interface PlacedQuote {
  readonly set: SetQuote;
  readonly boxes: QuoteBoxes;
}

function ornamentParts(
  surface: DrawingSurface,
  request: SceneRequest,
  { set: { mark }, boxes }: PlacedQuote,
): ScenePart[] {
  const appears = objectEntrance(request);
  const color = wordsOnGround(request).colors.accent;
  const rise = 30 * request.metrics.unit;
  const parts: ScenePart[] = [];
  const { mark: box, bar } = boxes;
  if (mark !== undefined && box !== undefined) {
    const paint = (context: DrawingContext): void => paintInk(context, mark, { box, color });
    parts.push(paintedPart(surface, request, { name: 'mark', box, appears, rise, paint }));
  }
  if (bar !== undefined) {
    const paint = (context: DrawingContext): void => {
      context.fillStyle = color;
      context.fillRect(Math.round(bar.x), bar.y, Math.round(bar.width), bar.height);
    };
    parts.push(paintedPart(surface, request, { name: 'bar', box: bar, appears, rise: 0, paint }));
  }
  return parts;
}

function wordParts(
  surface: DrawingSurface,
  request: SceneRequest,
  { set: { text, source }, boxes }: PlacedQuote,
): ScenePart[] {
  const { colors, halo } = wordsOnGround(request);
  const appears = sceneEntrance(request);
  const said = textPart(surface, request, {
    ...boxes.text,
    name: 'quote',
    block: text,
    color: colors.heading,
    halo,
    appears: later(appears, 0.12),
  });
  if (source === undefined || boxes.source === undefined) return [said];
  const who = textPart(surface, request, {
    ...boxes.source,
    name: 'source',
    block: source,
    color: colors.muted,
    halo,
    appears: afterwards(appears),
  });
  return [said, who];
}
