import type { Box } from './box.ts';
import type { DrawingContext } from './drawing-context.ts';
import type { Theme } from './themes/index.ts';

/** What an accent adds to a heading's height, in pixels. */
export interface AccentRoom {
  readonly above: number;
  readonly below: number;
}

/** @param unit Of the heading's type, in pixels. */
export function accentRoom({ accent }: Theme, unit: number): AccentRoom {
  const room = accent.kind === 'none' ? 0 : (accent.height + accent.gap) * unit;
  return accent.kind === 'underline' ? { above: 0, below: room } : { above: room, below: 0 };
}

/**
 * Where the accent of a heading stands.
 *
 * @param at.top Of the heading with its accent, in pixels.
 * @param at.lettersBottom Of the heading's last line.
 * @param at.column What the heading may be as wide as; a rule is.
 */
export function accentBox(
  { accent }: Theme,
  at: {
    readonly unit: number;
    readonly top: number;
    readonly lettersBottom: number;
    readonly column: Pick<Box, 'x' | 'width'>;
    readonly isMirrored: boolean;
  },
): Box | undefined {
  if (accent.kind === 'none') return undefined;
  const height = Math.max(1, accent.height * at.unit);
  const y = accent.kind === 'underline' ? at.lettersBottom + accent.gap * at.unit : at.top;
  if (accent.kind === 'rule') {
    return { x: Math.round(at.column.x), y: Math.round(y), width: Math.round(at.column.width), height };
  }
  const width = accent.width * at.unit;
  const x = at.isMirrored ? at.column.x + at.column.width - width : at.column.x;
  return { x: Math.round(x), y: Math.round(y), width, height };
}

/** Fills the box; where the theme's own accent colour is used, with its ramp. */
export function paintAccent(
  context: DrawingContext,
  { accent, onBackground, onPicture }: Theme,
  { box, color }: { readonly box: Box; readonly color: string },
): void {
  const isOwn = color === onBackground.accent || color === onPicture.accent;
  if (accent.rampTo !== undefined && isOwn) {
    const ramp = context.createLinearGradient(box.x, 0, box.x + box.width, 0);
    ramp.addColorStop(0, color);
    ramp.addColorStop(1, accent.rampTo);
    context.fillStyle = ramp;
  } else {
    context.fillStyle = color;
  }
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, accent.corner * Math.min(box.width, box.height));
  context.fill();
}
