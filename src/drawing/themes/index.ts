import type { ThemeName } from '../../protocol/index.ts';
import { daylight } from './daylight.ts';
import { midnight } from './midnight.ts';
import type { Theme } from './theme.ts';

export const themes = { midnight, daylight } satisfies Record<ThemeName, Theme>;
export type { BackgroundArt, Glow, Rings } from './background-art.ts';
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
