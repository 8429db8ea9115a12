/** A number and what is written with it: `12,5 %`, `€ 1.200`. */
export interface ChartNumber {
  readonly value: number;
  readonly unit: string;
}

export type NumberReading = ChartNumber | { readonly problem: string };

/**
 * Reads numbers as the language writes them, so that none is taken for another: `1.200` is twelve hundred in German and
 * 1.2 in English.
 *
 * @param language BCP 47; what Intl does not know counts as English.
 */
export function numberReader(language: string): (text: string) => NumberReading {
  const marks = marksOf(language);
  return (text) => {
    const plain = withPlainDigits(text.normalize('NFC'), marks);
    const [, before = '', digits = '', after = ''] = partsOf(plain, marks);
    const value = numberOf(digits, marks);
    const prefix = before.replace(sign, '').trim();
    const suffix = after.trim();
    if (value === undefined || !isUnit(prefix) || !isUnit(suffix)) return { problem: noNumber(text, marks) };
    if (prefix !== '' && suffix !== '') {
      return { problem: `"${text}" has a unit before and behind it; write one of them` };
    }
    const unit = prefix + suffix;
    if (unit.length > longestUnit) {
      return { problem: `the unit "${unit}" has more than ${longestUnit} characters` };
    }
    return { value: /[-\u2212]/.test(before) && value !== 0 ? -value : value, unit };
  };
}

const longestUnit = 12;

/** What the language puts into numbers, one character each. */
interface Marks {
  readonly decimal: string;
  /** Between thousands; blanks and apostrophes may stand there in any language. */
  readonly group: string;
  readonly language: string;
}

function marksOf(language: string): Marks {
  const parts = formatOf(language).formatToParts(1_234_567.5);
  const mark = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value;
  return { decimal: mark('decimal') ?? '.', group: mark('group') ?? ',', language };
}

function formatOf(language: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(language, { numberingSystem: 'latn' });
  } catch {
    // The composition allows tags that Intl refuses.
    return new Intl.NumberFormat('en', { numberingSystem: 'latn' });
  }
}

const always = " \\u00A0\\u2009\\u202F'\u2019";

/** Before the number, the number with its marks, behind it. */
function partsOf(text: string, { decimal, group }: Marks): RegExpExecArray | readonly string[] {
  const marks = `${always}${escaped(decimal)}${escaped(group)}`;
  const digits = `${escaped(decimal)}?\\d(?:[\\d${marks}]*\\d)?`;
  return new RegExp(`^(\\D*?)(${digits})(.*)$`, 'su').exec(text) ?? [];
}

function numberOf(digits: string, { decimal, group }: Marks): number | undefined {
  const between = `[${always}${escaped(group)}]`;
  const whole = `(?:\\d{1,15}|\\d{1,3}(?:${between}\\d{2,3}){0,3}${between}\\d{3})`;
  const fraction = `${escaped(decimal)}(\\d{1,12})`;
  const match = new RegExp(`^(${whole})?(?:${fraction})?$`, 'u').exec(digits);
  if (match === null || digits === '') return undefined;
  return Number(`${match[1]?.replace(/\D/g, '') ?? '0'}.${match[2] ?? '0'}`);
}

/** `-5`, `−5`, `- 5`, `-€5`, `€ -5`. */
const sign = /^[-\u2212+]\s?|[-\u2212+]\s?$/;

function isUnit(text: string): boolean {
  return /^(?:[\p{L}\p{Sc}\p{So}%٪‰′″].*)?$/su.test(text) && !/[-\u2212+]$/.test(text);
}

function escaped(mark: string): string {
  return mark.replace(/[.\\\]^-]/g, '\\$&');
}

/** Zeros of the scripts people write numbers in; nine more digits follow each. */
const zeros = [0x06_60, 0x06_f0, 0x09_66, 0x09_e6, 0x0e_50, 0xff_10];

function withPlainDigits(text: string, { decimal, group }: Marks): string {
  return text
    .replace(/\u066B/g, decimal)
    .replace(/\u066C/g, group)
    .replace(/[^\P{Nd}\d]/gu, (digit) => {
      const code = digit.charCodeAt(0);
      const zero = zeros.find((candidate) => code >= candidate && code < candidate + 10);
      return zero === undefined ? digit : String(code - zero);
    });
}

function noNumber(text: string, { decimal, language }: Marks): string {
  return `"${text}" is no number in ${language}; write one like 12${decimal}5, with a unit like 12${decimal}5 %`;
}
