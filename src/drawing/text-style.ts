import type { DrawingContext } from './drawing-context.ts';
import type { Typeface } from './fonts.ts';
import type { Theme } from './themes/index.ts';

/** How letters are set. Sizes in pixels. */
export interface TextStyle {
  readonly face: Typeface;
  readonly weight: number;
  readonly size: number;
  /** Extra distance between letters. */
  readonly spacing: number;
  readonly italic?: boolean;
}

/** The heading as the theme writes it; the language decides how small letters become capitals. @param language BCP 47. */
export function inHeadingCase(heading: string, theme: Theme, language: string): string {
  return theme.type.headingCase === 'upper' ? heading.toLocaleUpperCase(language) : heading;
}

export function setTextStyle(context: DrawingContext, style: TextStyle): void {
  context.font = `${style.italic === true ? 'italic ' : ''}${style.weight} ${style.size}px ${style.face.families}`;
  // Otherwise the language of the machine would decide how a character is written.
  context.lang = style.face.language;
  context.letterSpacing = `${style.spacing}px`;
  context.textBaseline = 'alphabetic';
}

/** Closer setting suits large Latin type; other scripts join their letters or already stand close. */
export function takesSpacing(text: string): boolean {
  return !/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u.test(
    text,
  );
}

/** Distance between lines in shares of the type size: scripts with marks above and below need more. */
export function lineHeightOf(text: string, latin: number): number {
  if (/[\p{Script=Thai}\p{Script=Devanagari}\p{Script=Arabic}\p{Script=Lao}\p{Script=Khmer}]/u.test(text)) {
    return latin + 0.26;
  }
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text))
    return latin + 0.14;
  return latin;
}

/** The same for what a language is written in, where its words are not known yet. @param language BCP 47. */
export function lineHeightIn(language: string, latin: number): number {
  const { script = '' } = new Intl.Locale(language).maximize();
  return lineHeightOf(letters.get(script) ?? 'a', latin);
}

/** One of each script whose lines are higher, by its ISO 15924 code. */
const letters: ReadonlyMap<string, string> = new Map([
  ...([
    ['Thai', 'ก'],
    ['Deva', 'क'],
    ['Arab', 'ا'],
    ['Laoo', 'ກ'],
    ['Khmr', 'ក'],
  ] as const),
  ...(['Hans', 'Hant', 'Jpan'] as const).map((script) => [script, '文'] as const),
  ['Kore', '한'],
]);

/** From the top of a line to its baseline, so that capitals stand in its middle. */
export function baselineOf({
  size,
  lineHeight,
}: {
  readonly size: number;
  readonly lineHeight: number;
}): number {
  return lineHeight / 2 + size * 0.36;
}
