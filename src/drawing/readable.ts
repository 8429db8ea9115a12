import { blend, contrastRatio, parseColor, type Rgb, toHex } from './color.ts';

/** WCAG 2.2 AA for text of any size. https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const readable = 4.5;
/** The same for large text, and for graphics that tell something. */
export const visible = 3;

/** The lowest contrast of a colour on any of those behind it. @param color #rrggbb. */
export function lowestContrast(color: string, behind: readonly Rgb[]): number {
  return Math.min(...behind.map((under) => contrastRatio(parseColor(color), under)));
}

/**
 * The colour, or the nearest on its way to black or white that has the contrast. Where not even those have it, the better
 * of the two.
 *
 * @param color #rrggbb.
 */
export function withContrast(color: string, behind: readonly Rgb[], least: number): string {
  const end = blackOrWhite(behind);
  for (let step = 0; step <= 20; step++) {
    const tried = mixed(end, color, step / 20);
    if (lowestContrast(tried, behind) >= least) return tried;
  }
  return end;
}

/** Which of the two can be read better. */
export function blackOrWhite(behind: readonly Rgb[]): '#000000' | '#ffffff' {
  return lowestContrast('#ffffff', behind) > lowestContrast('#000000', behind) ? '#ffffff' : '#000000';
}

/** @param share Of the first colour, 0 to 1. */
export function mixed(over: string, under: string, share: number): string {
  return toHex(blend(parseColor(over), parseColor(under), share));
}

const samplesPerStop = 16;

/** The colours seen on a ramp; between two of its stops it can be darker than both. */
export function rampColors(stops: readonly string[]): Rgb[] {
  const colors = stops.map(parseColor);
  return colors.flatMap((stop, index) => {
    const next = colors[index + 1] ?? stop;
    return Array.from({ length: samplesPerStop }, (_, step) => blend(next, stop, step / samplesPerStop));
  });
}
