import type { Cue } from '../timeline/index.ts';
import type { CaptionLayout } from './caption-layout.ts';
import type { DrawingContext, DrawingSurface } from './drawing-context.ts';
import type { Theme } from './themes/index.ts';

/** A caption whose parts are painted, each once. */
export interface PreparedCaption {
  /** @param atSeconds From the start of the scene; while the cue is shown. */
  readonly draw: (context: DrawingContext, atSeconds: number) => void;
}

export interface CaptionLook {
  readonly layout: CaptionLayout;
  readonly cue: Cue;
  readonly theme: Theme;
}

export type CaptionStyle = (surface: DrawingSurface, look: CaptionLook) => PreparedCaption;
