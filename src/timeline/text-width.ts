/**
 * Roughly how wide text is, in Latin letters: wide East Asian characters and emoji count two, marks that sit on other
 * characters nothing. Good enough to divide captions; the real wrapping is measured when they are drawn.
 */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** For each UTF-16 index of the text, the width of what is before it; one entry longer than the text. */
export function widthsBefore(text: string): Float64Array {
  const before = new Float64Array(text.length + 1);
  let index = 0;
  let width = 0;
  for (const character of text) {
    before.fill(width, index, index + character.length);
    width += characterWidth(character);
    index += character.length;
  }
  before[text.length] = width;
  return before;
}

const noWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff01-\uff60]$/u;

function characterWidth(character: string): number {
  if (character < '\u0300') return 1;
  if (noWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
