/** A heading with a number in it, taken apart so that the number can count up. */
export interface CountingNumber {
  readonly before: string;
  readonly value: number;
  readonly after: string;
  /** The number written as it stands in the heading: as many decimals, the same signs, the same digits. */
  readonly write: (value: number) => string;
  /** 0 to 9 in the script of the number. */
  readonly digit: (value: number) => string;
}

/** The first number of a text; undefined when there is none. @param language BCP 47: 1.500 is not the same everywhere. */
export function countingNumber(text: string, language: string): CountingNumber | undefined {
  const match = digits.exec(text);
  if (match === null) return undefined;
  const [written] = match;
  const signs = separators(written, language);
  if (signs === undefined) return undefined;
  const zero = zeroOf(written);
  const plain = Array.from(written, (character) =>
    plainCharacter(character, { zero, decimal: signs.decimal }),
  );
  const value = Number(plain.join(''));
  const decimals = signs.decimal === undefined ? 0 : (written.split(signs.decimal)[1]?.length ?? 0);
  return {
    before: text.slice(0, match.index),
    value,
    after: text.slice(match.index + written.length),
    digit: (each) => String.fromCodePoint(zero + each),
    write: (shown) => (shown === value ? written : writeNumber(shown, { ...signs, decimals, zero })),
  };
}

/** Digits, with signs between them that may group them or begin the decimals; a space only before three. */
const digits = /\p{Nd}+(?:[.,'’\u00a0\u202f\u2009٬٫]\p{Nd}+| \p{Nd}{3}(?!\p{Nd}))*/u;

interface Separators {
  readonly group: string | undefined;
  readonly decimal: string | undefined;
}

/** Which sign groups the digits and which begins the decimals; undefined for what is no number, such as 1.2.3. */
function separators(written: string, language: string): Separators | undefined {
  const signs = Array.from(written.matchAll(/[^\p{Nd}]/gu), (match) => match[0]);
  const last = signs.at(-1);
  if (last === undefined) return { group: undefined, decimal: undefined };
  const different = signs.find((sign) => sign !== last);
  if (different !== undefined) return { group: different, decimal: last };
  const groupsOfThree = written
    .split(last)
    .slice(1)
    .every((part) => part.length === 3);
  if (signs.length > 1) return groupsOfThree ? { group: last, decimal: undefined } : undefined;
  const isGroup = groupsOfThree && (/[\s'’٬]/u.test(last) || last === groupSign(language));
  return isGroup ? { group: last, decimal: undefined } : { group: undefined, decimal: last };
}

function groupSign(language: string): string {
  const parts = new Intl.NumberFormat(language, { numberingSystem: 'latn' }).formatToParts(1_000_000);
  return parts.find(({ type }) => type === 'group')?.value ?? ',';
}

/** The zero of the script that the digits are of. */
function zeroOf(written: string): number {
  const first = written.codePointAt(0) ?? 48;
  let zero = first;
  while (first - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return zero;
}

function plainCharacter(
  character: string,
  { zero, decimal }: { readonly zero: number; readonly decimal: string | undefined },
): string {
  if (character === decimal) return '.';
  return /\p{Nd}/u.test(character) ? String((character.codePointAt(0) ?? zero) - zero) : '';
}

function writeNumber(
  value: number,
  { group, decimal, decimals, zero }: Separators & { readonly decimals: number; readonly zero: number },
): string {
  const [whole = '0', fraction = ''] = value.toFixed(Math.min(100, decimals)).split('.');
  const grouped = group === undefined ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  const plain = decimal === undefined ? grouped : `${grouped}${decimal}${fraction}`;
  return plain.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}
