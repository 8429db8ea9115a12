import type { Appearance } from '../../timeline/index.ts';
import type { Box } from '../box.ts';
import type { DrawingSurface } from '../drawing-context.ts';
import { paintedPart } from './entering-part.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** What stands beside a heading in the accent colour. */
export function accentPart(
  surface: DrawingSurface,
  request: SceneRequest,
  at: { readonly box: Box; readonly color: string; readonly appears: Appearance; readonly rise: number },
): ScenePart {
  const { box, color } = at;
  return paintedPart(surface, request, {
    ...at,
    name: 'accent',
    paint: (context) => {
      context.fillStyle = color;
      context.beginPath();
      context.roundRect(box.x, box.y, box.width, box.height, box.height / 2);
      context.fill();
    },
  });
}
