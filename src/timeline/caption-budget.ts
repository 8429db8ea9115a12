import type { Captions } from '../protocol/index.ts';

const captionLines = 2;

/** How large the letters of captions are, in shares of the medium ones. */
export const captionScales = { small: 0.8, medium: 1, large: 1.28 } satisfies Record<
  Captions['size'],
  number
>;

/** How much text one cue may hold, in the units of `textWidth`: two lines of it fit under the picture. */
export function captionBudget(
  video: { readonly width: number; readonly height: number },
  size: Captions['size'],
): number {
  return captionLines * Math.floor(lettersPerLine(video.width / video.height) / captionScales[size]);
}

/** Letters a line of medium captions holds comfortably, by the canvas's width divided by its height. */
function lettersPerLine(widthToHeight: number): number {
  if (widthToHeight >= 1.5) return 38;
  if (widthToHeight >= 0.9) return 26;
  return 22;
}
