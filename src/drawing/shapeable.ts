/** The text as it is given to the canvas: line breaks and tabs have no meaning there and would be drawn as boxes. */
export function shapeable(text: string): string {
  return text.replaceAll(/\s/gu, ' ');
}
