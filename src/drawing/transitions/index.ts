import type { TransitionKind } from '../../protocol/index.ts';
import { circle } from './circle.ts';
import { dip } from './dip.ts';
import { fade } from './fade.ts';
import { push } from './push.ts';
import { slide } from './slide.ts';
import type { DrawTransition } from './transition.ts';
import { wipe } from './wipe.ts';
import { zoom } from './zoom.ts';

export const transitions = {
  /** Takes no frames, so that there is nothing between. */
  cut: (context, { entering }) => entering(context),
  fade,
  dip,
  wipe,
  slide,
  push,
  zoom,
  circle,
} satisfies Record<TransitionKind, DrawTransition>;

export type { DrawTransition, TransitionMoment } from './transition.ts';
