import { type Box, wholePixels } from '../box.ts';
import { blend, parseColor, type Rgb, withOpacity } from '../color.ts';
import type { DrawingContext } from '../drawing-context.ts';
import type { Theme } from '../themes/index.ts';
import type { SceneRequest } from './scene-part.ts';

/** Of the theme's cards, in pixels. */
export function panelRadius({ theme, metrics }: Pick<SceneRequest, 'theme' | 'metrics'>): number {
  return theme.panel.radius * metrics.unit;
}

/** What a card looks like over the theme's background, and over the darkest and the brightest picture. */
export function panelColors({ panel, background }: Pick<Theme, 'background' | 'panel'>): Rgb[] {
  const under = [...background.colors, '#000000', '#ffffff'].map(parseColor);
  return under.map((color) => blend(parseColor(panel.color), color, panel.opacity));
}

/** Over a picture or a colour of the scene's own, hardly anything of it may come through. */
const leastOpacity = 0.94;

/** The card that code, tables and names stand on. */
export function paintPanel(
  context: DrawingContext,
  { scene, theme, metrics }: Pick<SceneRequest, 'scene' | 'theme' | 'metrics'>,
  { box, radius }: { readonly box: Box; readonly radius: number },
): void {
  const { panel } = theme;
  const own = scene.picture ?? scene.clip ?? scene.background;
  const opacity = own === undefined ? panel.opacity : Math.max(leastOpacity, panel.opacity);
  const line = panel.borderWidth * metrics.unit;
  const { x, y, width, height } = wholePixels(box);
  context.fillStyle = withOpacity(panel.color, opacity);
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
  if (line <= 0 || panel.borderOpacity <= 0) return;
  context.strokeStyle = withOpacity(panel.borderColor, panel.borderOpacity);
  context.lineWidth = line;
  context.beginPath();
  context.roundRect(x + line / 2, y + line / 2, width - line, height - line, Math.max(0, radius - line / 2));
  context.stroke();
}
