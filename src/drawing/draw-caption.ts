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
