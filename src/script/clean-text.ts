/**
 * Text for the screen or the voice: white space runs become one space, characters nobody can see or say (controls,
 * U+FFFD as left by a NUL or half an emoji) go. No-break spaces and direction marks stay: they have a meaning.
 */
export function cleanText(text: string): string {
  return text
    .replace(ideographicLineBreak, '')
    .replace(/[\uFFFD\uFEFF]/g, '')
    .replace(/(?:[\p{Cc}\u2028\u2029 ])+/gu, ' ')
    .trim();
}

/** Whether there is a letter or a number in it, so that a voice has something to say. */
export function isSpeakable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Chinese and Japanese are written without spaces: a line break in the source is none in the text. */
const ideographicLineBreak =
  /(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303F\uFF00-\uFFEF])\n(?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303F\uFF00-\uFFEF])/gu;
