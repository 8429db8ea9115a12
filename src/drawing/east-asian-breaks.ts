/** How a Chinese or Japanese text shows where its phrases end. */
export type EastAsianWriting = 'spaced' | 'japanese' | 'chinese';

const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Undefined for a text in other scripts. A few spaces in a long text are not how its author divides phrases. */
export function eastAsianWriting(text: string): EastAsianWriting | undefined {
  if (!eastAsian.test(text)) return undefined;
  const runs = text.split(/[\s\p{P}]+/u).filter((run) => eastAsian.test(run));
  const spaced = /[\p{L}\p{P}]\s+\p{L}/u.test(text.replaceAll(/[\p{Script=Latin}\p{N}]+/gu, ''));
  if (spaced && runs.every((run) => run.length <= longestPhrase)) return 'spaced';
  return kana.test(text) ? 'japanese' : 'chinese';
}

const longestPhrase = 12;

/** Whether a phrase ends between two words, so that a line may too. */
export function endsPhrase(before: string, after: string, writing: EastAsianWriting): boolean {
  // An emoji belongs to the sentence it follows.
  if (/^\p{Extended_Pictographic}/u.test(after)) return false;
  if (/[、。，．！？；：…]$/u.test(before)) return true;
  if (writing === 'spaced') return false;
  if (/^[\p{Ps}\p{Pi}]/u.test(after)) return true;
  return writing === 'japanese' ? endsJapanesePhrase(before, after) : !chineseParticle.test(after);
}

/** Whether a line may end between two words where a phrase is longer than a line. */
export function endsWord(before: string, after: string, writing: EastAsianWriting): boolean {
  if (endsPhrase(before, after, kana.test(before + after) ? 'japanese' : writing)) return true;
  if (honorific.test(before) || chineseParticle.test(after)) return false;
  return !/^\p{Script=Hiragana}{1,2}$/u.test(after) && !japaneseEnding.test(after);
}

const chineseParticle = /^[的了吗呢吧啊嘛呀着过们地得]/u;
/** Also the inflected ends of verbs, which the dictionary divides from their stems. */
const japaneseEnding =
  /^(?:から|まで|より|だけ|ほど|など|しか|さえ|こそ|です|ます|でした|ました|ません|ましょう|でしょう|しょう|だろう|ない|なかった|たい|して|した|する|される|られ|という|について|において|として|によって|ながら|けれど|て)/u;
const particle = /^[はがをにでともへのやかねよな]$/u;
/** Belongs to the word after it. */
const honorific = /^[おご御]$/u;

/** After an ending in hiragana, before the next word that has a meaning of its own. */
function endsJapanesePhrase(before: string, after: string): boolean {
  if (honorific.test(before) || !/\p{Script=Hiragana}$/u.test(before)) return false;
  // A single hiragana is a particle or the middle of a word, as in 書き方.
  if (/^\p{Script=Hiragana}$/u.test(before) && !particle.test(before)) return false;
  if (before === 'を') return !particle.test(after);
  return honorific.test(after) ? particle.test(before) : /^(?!\p{Script=Hiragana})[\p{L}\p{N}]/u.test(after);
}
