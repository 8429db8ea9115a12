import type { Appearance, Timeline, TimelineScene } from '../../timeline/index.ts';
import type { Box } from '../box.ts';
import type { CanvasMetrics } from '../canvas-metrics.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import type { Faces } from '../faces.ts';
import type { Theme } from '../themes/index.ts';
import type { PlacedVisual } from '../visual.ts';

/** Everything a layout follows from. */
export interface SceneRequest {
  readonly scene: TimelineScene;
  /** The captions' place is kept free. */
  readonly hasCaptions: boolean;
  readonly theme: Theme;
  readonly metrics: CanvasMetrics;
  readonly faces: Faces;
  readonly timeline: Timeline;
}

export interface Moment {
  /** From the scene's start; past its end while the next scene comes in over it. */
  readonly atSeconds: number;
  /** 0 to 1, of everything. */
  readonly opacity: number;
}

/** A piece of a scene that comes in, or moves, by itself: a heading, a table's row, a chart. */
export interface ScenePart {
  /** What it is, such as `heading` or `point 2`. */
  readonly name: string;
  /** Where it stands once it has come in. */
  readonly box: Box;
  /** Other parts stand on it. */
  readonly isGround: boolean;
  readonly draw: (context: DrawingContext, moment: Moment) => void;
}

/** A picture or a clip in its place; with the scene at once, unless it says otherwise. */
export interface SceneVisual extends PlacedVisual {
  readonly appears?: Appearance;
}

/** A scene in place: its pictures, and over them everything else, from the back to the front. */
export interface ArrangedScene {
  readonly visuals: readonly SceneVisual[];
  readonly parts: readonly ScenePart[];
}

export type LayoutPainter = (surface: DrawingSurface, request: SceneRequest) => ArrangedScene;
