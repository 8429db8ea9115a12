import type { DrawingContext, DrawingSurface } from './drawing-context.ts';
import { type ArrangedScene, layouts, type Moment, type SceneRequest } from './layouts/index.ts';

/** A scene with everything painted that does not change from frame to frame. */
export interface PreparedScene extends ArrangedScene {
  /** Draws everything but the pictures and the captions. */
  readonly drawWords: (context: DrawingContext, moment: Moment) => void;
}

export function prepareScene(surface: DrawingSurface, request: SceneRequest): PreparedScene {
  const arranged = layouts[request.scene.layout](surface, request);
  return {
    ...arranged,
    drawWords: (context, moment) => {
      if (moment.opacity <= 0) return;
      for (const part of arranged.parts) part.draw(context, moment);
    },
  };
}
