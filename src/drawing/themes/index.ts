import type { ThemeName } from '../../protocol/index.ts';
import { daylight } from './daylight.ts';
import { forest } from './forest.ts';
import { midnight } from './midnight.ts';
import { mono } from './mono.ts';
import { neon } from './neon.ts';
import { paper } from './paper.ts';
import { sunset } from './sunset.ts';
import type { Theme } from './theme.ts';

export const themes = { midnight, daylight, paper, mono, neon, forest, sunset } satisfies Record<
  ThemeName,
  Theme
>;
export type { BackgroundArt, Glow } from './background-art.ts';
export type { ScrimOpacity, TextColors } from './text-colors.ts';
export type {
  AccentLook,
  CaptionLook,
  MarkerKind,
  Palette,
  PanelLook,
  QuoteLook,
  Theme,
  TypeLook,
} from './theme.ts';
