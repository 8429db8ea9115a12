import type { Captions } from '../protocol/index.ts';
import { karaoke } from './caption-karaoke.ts';
import { plain } from './caption-plain.ts';
import { pop } from './caption-pop.ts';
import type { CaptionStyle } from './caption-style.ts';

export type { PreparedCaption } from './caption-style.ts';

/** Paints a caption's parts; what it gives back draws them. */
export const captionStyles = {
  karaoke,
  pop,
  plain,
  none: () => ({ draw: () => {} }),
} satisfies Record<Captions['style'], CaptionStyle>;

/** Width of a space, in shares of the font's own: spoken words need some of it for themselves. */
export const wordGaps = { karaoke: 1.65, pop: 1.5, plain: 1, none: 1 } satisfies Record<
  Captions['style'],
  number
>;
