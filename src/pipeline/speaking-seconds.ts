/** How long a voice takes to say this, in seconds, guessed from its letters. Pure. */
export function speakingSeconds(text: string): number {
  const more = slowLetters.reduce(
    (sum, [letters, as]) => sum + (as - 1) * (text.match(letters)?.length ?? 0),
    0,
  );
  return (text.length + more) / charactersPerSecond;
}

/** Of what is written in Latin letters, spaces included; a median of the voices and examples. */
const charactersPerSecond = 17;

/** Letters that stand for more sound than Latin ones, and for how many of those; measured with the same voices. */
const slowLetters: readonly (readonly [RegExp, number])[] = [
  [/\p{Script=Han}/gu, 4.1],
  [/\p{Script=Hangul}/gu, 2.9],
  [/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu, 1.9],
  [/\p{Script=Arabic}/gu, 1.6],
];
