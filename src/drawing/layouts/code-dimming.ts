import { codeTokenKinds } from '../../timeline/index.ts';
import { blend, contrastRatio, parseColor } from '../color.ts';
import { visible } from '../readable.ts';
import type { Theme } from '../themes/index.ts';
import { panelColors } from './panel.ts';

/** More than this leaves hardly a difference to a lit line; less than the other is no text any more. */
const shares = { least: 0.5, most: 1, step: 0.02 };

/** How much is seen of code that is not spoken about: as little as can still be read in every one of its colours. */
export function unlitShare(theme: Pick<Theme, 'background' | 'code' | 'panel'>): number {
  const behind = panelColors(theme);
  const colors = codeTokenKinds.map((kind) => parseColor(theme.code[kind]));
  const isSeen = (share: number): boolean =>
    behind.every((under) =>
      colors.every((color) => contrastRatio(blend(color, under, share), under) >= visible),
    );
  let share = shares.least;
  while (share < shares.most && !isSeen(share)) share += shares.step;
  return Math.min(share, shares.most);
}
