import type { ThemeName } from '../../protocol/index.ts';
import { daylight } from './daylight.ts';
import { midnight } from './midnight.ts';
import type { Theme } from './theme.ts';

export const themes = { midnight, daylight } satisfies Record<ThemeName, Theme>;
export type { Glow, Rings, ScrimOpacity, TextColors, Theme } from './theme.ts';
