/**
 * The text as it is given to the canvas. Skia splits an emoji sequence at a variation selector inside it, and shows a
 * white flag beside a rainbow; without the selector the font's own ligature is found. White space becomes plain.
 */
export function shapeable(text: string): string {
  return text.replaceAll('\ufe0f\u200d', '\u200d').replaceAll(/\s/gu, ' ');
}
