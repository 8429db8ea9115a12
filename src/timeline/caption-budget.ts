const captionLines = 2;

/** Letters a caption line holds comfortably, by the canvas's width divided by its height. */
function lettersPerLine(widthToHeight: number): number {
  if (widthToHeight >= 1.5) return 38;
  if (widthToHeight >= 0.9) return 26;
  return 22;
}

/** How much text one cue may hold, in the units of `textWidth`: two lines of it fit under the picture. */
export function captionBudget(video: { readonly width: number; readonly height: number }): number {
  return captionLines * lettersPerLine(video.width / video.height);
}
