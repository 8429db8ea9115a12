import { blend, parseColor } from '../color.ts';
import { readable, withContrast } from '../readable.ts';
import type { Theme } from '../themes/index.ts';
import { panelColors } from './panel.ts';

/** How much of the accent is behind a table's head. */
export const headTint = 0.13;

/** The accent, or the nearest to it that can be read on a tint of it. */
export function headColor(theme: Pick<Theme, 'background' | 'panel'>): string {
  const tint = parseColor(theme.panel.accent);
  const behind = panelColors(theme).map((under) => blend(tint, under, headTint));
  return withContrast(theme.panel.accent, behind, readable);
}
