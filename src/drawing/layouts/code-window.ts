import { type Box, cutBelow, insetBox } from '../box.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { paintPanel, panelRadius } from './panel.ts';
import type { SceneRequest } from './scene-part.ts';

/** Where the code of a window is. */
export function insideWindow(box: Box, { metrics: { unit } }: Pick<SceneRequest, 'metrics'>): Box {
  const [, below] = cutBelow(box, titleBar * unit);
  return insetBox(below, { across: 34 * unit, down: 20 * unit });
}

/** How high a window is around code of a height. */
export function windowHeight(
  codeHeight: number,
  { metrics: { unit } }: Pick<SceneRequest, 'metrics'>,
): number {
  return codeHeight + (titleBar + 2 * 20) * unit;
}

/** In units. */
const titleBar = 58;
const buttons = ['#ff5f57', '#febc2e', '#28c840'];

/** The panel with a window's buttons, and a line under them. */
export function paintWindow(context: DrawingContext, request: SceneRequest, box: Box): void {
  const { metrics, theme } = request;
  const { unit } = metrics;
  paintPanel(context, request, { box, radius: panelRadius(request) });
  for (const [index, color] of buttons.entries()) {
    context.fillStyle = color;
    context.beginPath();
    context.arc(box.x + (38 + 30 * index) * unit, box.y + (titleBar * unit) / 2, 9 * unit, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = withOpacity(theme.panel.muted, 0.22);
  const line = Math.max(1, Math.round(1.5 * unit));
  context.fillRect(box.x, Math.round(box.y + titleBar * unit) - line, box.width, line);
}
