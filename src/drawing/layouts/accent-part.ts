import type { Appearance } from '../../timeline/index.ts';
import { paintAccent } from '../accent.ts';
import type { Box } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { paintedPart } from './entering-part.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** What stands beside a heading in the accent colour; nothing in themes that have none. */
export function accentPart(
  surface: DrawingSurface,
  request: SceneRequest,
  at: {
    readonly box: Box | undefined;
    readonly color: string;
    readonly appears: Appearance;
    readonly rise: number;
  },
): ScenePart[] {
  const { box, color } = at;
  if (box === undefined) return [];
  const paint = (context: DrawingContext): void => paintAccent(context, request.theme, { box, color });
  return [paintedPart(surface, request, { ...at, box, name: 'accent', paint })];
}
