import type { Background } from '../protocol/index.ts';
import type { TimelineScene } from '../timeline/index.ts';
import type { Rgb } from './color.ts';
import { lowestContrast, rampColors, readable } from './readable.ts';
import type { TextColors, Theme } from './themes/index.ts';

/** How a scene's own words are made readable on what is behind them. */
export interface TextLook {
  readonly colors: TextColors;
  /** What is behind may have any brightness: shades are needed under and around the letters. */
  readonly shaded: boolean;
}

/** The theme's own colours where they can be read, else the nearest that can. */
export function textLook(scene: Pick<TimelineScene, 'picture' | 'background'>, theme: Theme): TextLook {
  if (scene.picture !== undefined) return { colors: theme.onPicture, shaded: true };
  if (scene.background === undefined) return onThemeGround(theme);
  const behind = colorsOf(scene.background);
  const pair = bestOn(behind, [theme.onBackground, theme.onOpposite]);
  // On colours of middle brightness only pure black or white is enough.
  const colors =
    readability(pair, behind) >= readable ? pair : bestOn(behind, [plain('#000000'), plain('#ffffff')]);
  if (readability(colors, behind) < readable) return { colors: theme.onPicture, shaded: true };
  return { colors: { ...colors, accent: visibleAccent(colors, behind) }, shaded: false };
}

/** A theme's own ground is made for its words; a brand's may go from black to white. */
function onThemeGround(theme: Theme): TextLook {
  const shaded = readability(theme.onBackground, rampColors(theme.background.colors)) < readable;
  return { colors: shaded ? theme.onPicture : theme.onBackground, shaded };
}

function colorsOf(background: Background): Rgb[] {
  return rampColors(background.kind === 'color' ? [background.color] : background.colors);
}

function bestOn(behind: readonly Rgb[], pair: readonly [TextColors, TextColors]): TextColors {
  return readability(pair[1], behind) > readability(pair[0], behind) ? pair[1] : pair[0];
}

/** The lowest contrast anywhere. */
function readability({ heading, point, muted }: TextColors, behind: readonly Rgb[]): number {
  return Math.min(...[heading, point, muted].map((color) => lowestContrast(color, behind)));
}

function plain(color: string): TextColors {
  return { heading: color, point: color, muted: color, accent: color };
}

/** Bars and markers carry no words, so less is enough for them; but they must not vanish. */
const noticeable = 2;

function visibleAccent({ accent, point }: TextColors, behind: readonly Rgb[]): string {
  return lowestContrast(accent, behind) >= noticeable ? accent : point;
}
