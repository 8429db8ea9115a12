import type {
  Background,
  chartKinds,
  Fit,
  Focus,
  LayoutName,
  Picture,
  Scene,
  TextMotion,
} from '../protocol/index.ts';
import type { LineRange } from './read-quantities.ts';

/** What directives set on their scene; absent means the composition's default. */
export interface SceneSettings {
  durationSeconds?: number;
  transition?: Scene['transition'];
  background?: Background;
  layout?: LayoutName;
  textMotion?: TextMotion;
  motion?: Picture['motion'];
  fit?: Fit;
  focus?: Focus;
  trim?: { startSeconds: number; endSeconds?: number };
  speed?: number;
  loop?: boolean;
  muted?: boolean;
  gainDb?: number;
  chart?: (typeof chartKinds)[number];
  /** For one passage, not for the scene. */
  lines?: LineRange;
  voiceOver?: string;
  timing?: string;
  voiceGainDb?: number;
}

/** A value as settings, or what is wrong with it. */
export type DirectiveReading = SceneSettings | { readonly problem: string };
