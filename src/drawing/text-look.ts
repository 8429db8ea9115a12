import type { Background } from '../protocol/index.ts';
import type { TimelineScene } from '../timeline/index.ts';
import { blend, contrastRatio, parseColor, type Rgb } from './color.ts';
import type { TextColors, Theme } from './themes/index.ts';

/** How a scene's own words are made readable on what is behind them. */
export interface TextLook {
  readonly colors: TextColors;
  /** What is behind may have any brightness: shades are needed under and around the letters. */
  readonly shaded: boolean;
}

/** WCAG 2.2 AA for text of any size. https://www.w3.org/TR/WCAG22/#contrast-minimum */
const readable = 4.5;

/** The theme's own colours where they can be read, else the nearest that can. */
export function textLook(scene: Pick<TimelineScene, 'picture' | 'background'>, theme: Theme): TextLook {
  if (scene.picture !== undefined) return { colors: theme.onPicture, shaded: true };
  if (scene.background === undefined) return { colors: theme.onBackground, shaded: false };
  const behind = colorsOf(scene.background);
  const pair = bestOn(behind, [theme.onBackground, theme.onOpposite]);
  // On colours of middle brightness only pure black or white is enough.
  const colors =
    readability(pair, behind) >= readable ? pair : bestOn(behind, [plain('#000000'), plain('#ffffff')]);
  if (readability(colors, behind) < readable) return { colors: theme.onPicture, shaded: true };
  return { colors: { ...colors, accent: visibleAccent(colors, behind) }, shaded: false };
}

const samplesPerStop = 16;

/** The colours seen on a background; between two of a gradient it can be darker than both. */
function colorsOf(background: Background): Rgb[] {
  if (background.kind === 'color') return [parseColor(background.color)];
  const stops = background.colors.map(parseColor);
  return stops.flatMap((stop, index) => {
    const next = stops[index + 1] ?? stop;
    return Array.from({ length: samplesPerStop }, (_, step) => blend(next, stop, step / samplesPerStop));
  });
}

function bestOn(behind: readonly Rgb[], pair: readonly [TextColors, TextColors]): TextColors {
  return readability(pair[1], behind) > readability(pair[0], behind) ? pair[1] : pair[0];
}

/** The lowest contrast anywhere. */
function readability({ heading, point, muted }: TextColors, behind: readonly Rgb[]): number {
  return Math.min(...[heading, point, muted].map((color) => lowestContrast(color, behind)));
}

function lowestContrast(color: string, behind: readonly Rgb[]): number {
  return Math.min(...behind.map((under) => contrastRatio(parseColor(color), under)));
}

function plain(color: string): TextColors {
  return { heading: color, point: color, muted: color, accent: color };
}

/** Bars and markers carry no words, so less is enough for them; but they must not vanish. */
const visible = 2;

function visibleAccent({ accent, point }: TextColors, behind: readonly Rgb[]): string {
  return lowestContrast(accent, behind) >= visible ? accent : point;
}
