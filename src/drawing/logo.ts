import type { Timeline } from '../timeline/index.ts';
import type { Box } from './box.ts';
import { withOpacity } from './color.ts';
import {
  type DrawablePicture,
  type DrawingContext,
  type DrawingSurface,
  drawPicture,
  openLayer,
  type PlacedLayer,
} from './drawing-context.ts';
import { cornerOf, logoBox, logoGap } from './logo-box.ts';
import { themeOf } from './theme-of.ts';

/** Draws the logo over everything, in every frame alike. @param opacity 0 to 1, besides its own. */
export function drawLogo(
  surface: DrawingSurface,
  picture: DrawablePicture,
  { timeline, opacity = 1 }: { readonly timeline: Timeline; readonly opacity?: number },
): void {
  const logo = timeline.brand?.logo;
  if (logo === undefined || opacity <= 0) return;
  const { layer, x, y } = preparedLogo(surface, picture, timeline);
  surface.context.globalAlpha = logo.opacity * opacity;
  drawPicture(surface.context, layer, { x, y });
  surface.context.globalAlpha = 1;
}

/** Only the last one: it follows from its timeline and picture, so that keeping it or not changes no pixel. */
const known = new WeakMap<Timeline, { readonly picture: DrawablePicture; readonly placed: PlacedLayer }>();

function preparedLogo(surface: DrawingSurface, picture: DrawablePicture, timeline: Timeline): PlacedLayer {
  const kept = known.get(timeline);
  if (kept !== undefined && kept.picture === picture) return kept.placed;
  const placed = paintLogo(surface, picture, timeline);
  known.set(timeline, { picture, placed });
  return placed;
}

/** How far the shade around it reaches at most, in shares of its height. */
const widestShade = 0.5;

function paintLogo(surface: DrawingSurface, picture: DrawablePicture, timeline: Timeline): PlacedLayer {
  const box = logoPlace(picture, timeline);
  const unit = Math.min(timeline.width, timeline.height) / 1000;
  const reach = Math.min(box.height * widestShade, logoGap * unit);
  const air = Math.ceil(reach);
  const { layer, context } = openLayer(surface, {
    width: box.width + 2 * air,
    height: box.height + 2 * air,
  });
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  const at = { x: air, y: air, width: box.width, height: box.height };
  if (needsShade(timeline)) paintShade(context, picture, { at, reach, timeline });
  drawPicture(context, picture, at);
  return { layer, x: Math.round(box.x) - air, y: Math.round(box.y) - air };
}

/** The whole logo, as large as its place lets it be, in the corner of the canvas. */
function logoPlace(picture: DrawablePicture, timeline: Timeline): Box {
  const place = logoBox(timeline);
  const logo = timeline.brand?.logo;
  if (place === undefined || logo === undefined) return { x: 0, y: 0, width: 0, height: 0 };
  const scale = Math.min(place.height / picture.height, place.width / picture.width);
  const [width, height] = [picture.width * scale, picture.height * scale];
  const [vertical, horizontal] = cornerOf(logo);
  return {
    x: horizontal === 'left' ? place.x : place.x + place.width - width,
    y: vertical === 'top' ? place.y : place.y + place.height - height,
    width,
    height,
  };
}

/** A brand knows how its logo looks on its own background; what a picture is like there, nobody knows. */
function needsShade({ scenes }: Timeline): boolean {
  return scenes.some(
    ({ picture, clip, background }) =>
      picture !== undefined || clip !== undefined || background !== undefined,
  );
}

/** A soft light of the theme's own ground, on which the brand has seen its logo: there it can be seen. */
function paintShade(
  context: DrawingContext,
  picture: DrawablePicture,
  { at, reach, timeline }: { readonly at: Box; readonly reach: number; readonly timeline: Timeline },
): void {
  const [ground = '#000000'] = themeOf(timeline).background.colors;
  // The logo itself stands outside of the layer: where it is translucent, it would be painted several times.
  const away = 4 * (at.width + at.height);
  context.save();
  context.shadowOffsetX = away;
  for (const { blur, opacity } of [
    { blur: 1, opacity: 0.8 },
    { blur: 0.6, opacity: 1 },
    { blur: 0.4, opacity: 1 },
    { blur: 0.2, opacity: 1 },
  ]) {
    context.shadowBlur = blur * reach;
    context.shadowColor = withOpacity(ground, opacity);
    drawPicture(context, picture, { ...at, x: at.x - away });
  }
  context.restore();
}
