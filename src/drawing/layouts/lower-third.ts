import { type Box, bottomOf } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { easeOut, progressBetween } from '../easing.ts';
import { drawEntering } from '../enter.ts';
import type { EnteringLayer } from '../entering-layer.ts';
import { paintBlock } from '../text-block.ts';
import { objectEntrance, pointEntrance } from './appearances.ts';
import { paintLayer } from './entering-part.ts';
import { lowestRegion } from './free-region.ts';
import { fullVisual } from './ground.ts';
import { type NameCard, nameCard } from './name-card.ts';
import { paintPanel, panelRadius } from './panel.ts';
import type { LayoutPainter, ScenePart, SceneRequest } from './scene-part.ts';

/** A name and what its bearer does, on a card in the lower corner that slides out from behind a bar. */
export const lowerThird: LayoutPainter = (surface, request) => {
  const card = nameCard(surface.context, request, cardRegion(request));
  return { visuals: fullVisual(request), parts: cardParts(surface, request, card) };
};

/** Between the card and captions below it, where they are nearly as wide as it: close together they look like one thing. */
const airAboveCaptions = { wide: 0, square: 36, tall: 72 };

function cardRegion(request: SceneRequest): Box {
  const { metrics, hasCaptions } = request;
  const region = lowestRegion(request);
  const isAbove = hasCaptions && bottomOf(region) <= metrics.caption.boxTop;
  const air = isAbove ? airAboveCaptions[metrics.shape] * metrics.unit : 0;
  return { ...region, height: Math.max(region.height / 2, region.height - air) };
}

function cardParts(surface: DrawingSurface, request: SceneRequest, card: NameCard): ScenePart[] {
  const { panel } = request.theme;
  const { box, name, role } = card;
  const radius = Math.min(panelRadius(request), box.height / 4);
  const ground = paintLayer(surface, {
    box,
    paint: (context) => paintPanel(context, request, { box, radius }),
  });
  return [
    slidingPart(request, card, { name: 'card', box, isGround: true, layer: ground }),
    wordsOnCard(surface, request, card, { ...name, name: 'heading', color: panel.text }),
    ...(role === undefined
      ? []
      : [wordsOnCard(surface, request, card, { ...role, name: 'role', color: panel.muted, pointIndex: 0 })]),
    barPart(request, card),
  ];
}

function wordsOnCard(
  surface: DrawingSurface,
  request: SceneRequest,
  card: NameCard,
  words: NonNullable<NameCard['role']> & {
    readonly name: string;
    readonly color: string;
    readonly pointIndex?: number;
  },
): ScenePart {
  const { block, x, y } = words;
  const box = { x, y, width: block.width, height: block.height };
  const paint = (context: DrawingContext): void => paintBlock(context, block, words);
  const layer = paintLayer(surface, { box, air: block.style.size * 0.4, paint });
  return slidingPart(request, card, { ...words, box, isGround: false, layer });
}

/** The bar grows first, then the card comes out from behind it with what is on it. */
const barSeconds = 0.3;
const slideSeconds = 0.7;

/** How far the card is out, 0 to 1, eased. */
function slideAt(request: SceneRequest, atSeconds: number): number {
  const { startSeconds, endSeconds } = objectEntrance(request);
  if (startSeconds === endSeconds || request.scene.textMotion === 'none')
    return atSeconds >= startSeconds ? 1 : 0;
  const start = startSeconds + barSeconds / 2;
  return easeOut(progressBetween(atSeconds, start, start + slideSeconds));
}

function slidingPart(
  request: SceneRequest,
  card: NameCard,
  part: {
    readonly name: string;
    readonly box: Box;
    readonly isGround: boolean;
    readonly layer: EnteringLayer;
    readonly pointIndex?: number;
  },
): ScenePart {
  const { name, box, isGround, layer, pointIndex } = part;
  const appears = pointIndex === undefined ? objectEntrance(request) : pointEntrance(request, pointIndex);
  const away = card.bar.x === card.box.x ? -card.box.width : card.box.width;
  return {
    name,
    box,
    isGround,
    draw: (context, { atSeconds, opacity }) => {
      const out = slideAt(request, atSeconds);
      const shown = progressBetween(atSeconds, appears.startSeconds, appears.endSeconds);
      if (out <= 0 || shown <= 0) return;
      const placed = { ...layer, x: layer.x + (1 - out) * away };
      if (out < 1) clipTo(context, card.box);
      drawEntering(context, placed, { shown, opacity, motion: 'fade', distance: 0 });
      if (out < 1) context.restore();
    },
  };
}

function clipTo(context: DrawingContext, { x, y, width, height }: Box): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

function barPart(request: SceneRequest, { bar }: NameCard): ScenePart {
  const { startSeconds, endSeconds } = objectEntrance(request);
  const lasts = startSeconds === endSeconds ? 0 : barSeconds;
  return {
    name: 'bar',
    box: bar,
    isGround: true,
    draw: (context, { atSeconds, opacity }) => {
      const grown = easeOut(progressBetween(atSeconds, startSeconds, startSeconds + lasts));
      if (grown <= 0 || opacity <= 0) return;
      context.globalAlpha = opacity;
      context.fillStyle = request.theme.panel.accent;
      context.fillRect(bar.x, bar.y + ((1 - grown) * bar.height) / 2, bar.width, bar.height * grown);
      context.globalAlpha = 1;
    },
  };
}
