/** A font file that has to be registered under a family name before frames are drawn. */
export interface FontFace {
  readonly family: string;
  readonly weight: number;
  readonly package: string;
  /** Relative to the package. */
  readonly files: readonly string[];
  /** The face is needed only for texts in which this matches; always when absent. These faces are large. */
  readonly neededFor?: RegExp;
}

/** Several files of one family are one font: a letter is looked for in each of them. */
export const fontFaces: readonly FontFace[] = [
  ...faces('Inter', 'inter', {
    weights: [600, 700, 800],
    subsets: ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'],
  }),
  ...faces('Noto Sans', 'noto-sans', {
    weights: [600, 800],
    subsets: ['latin-ext', 'greek-ext', 'cyrillic-ext'],
  }),
  ...faces('Noto Sans Arabic', 'noto-sans-arabic', {
    weights: [600, 800],
    subsets: ['arabic', 'math', 'symbols'],
  }),
  ...faces('Noto Sans Hebrew', 'noto-sans-hebrew', { weights: [600, 800], subsets: ['hebrew'] }),
  ...faces('Noto Sans Devanagari', 'noto-sans-devanagari', { weights: [600, 800], subsets: ['devanagari'] }),
  ...faces('Noto Sans Thai', 'noto-sans-thai', { weights: [600, 800], subsets: ['thai'] }),
  ...faces('Noto Sans JP', 'noto-sans-jp', {
    weights: [700],
    subsets: ['japanese'],
    // Also arrows, stars, ticks and circled numbers, which the others lack.
    neededFor:
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u2150-\u2bff\u3000-\u33ff\uff00-\uffef]/u,
  }),
  ...faces('Noto Sans KR', 'noto-sans-kr', {
    weights: [700],
    subsets: ['korean'],
    neededFor: /\p{Script=Hangul}/u,
  }),
  ...faces('Noto Sans SC', 'noto-sans-sc', {
    weights: [700],
    subsets: ['chinese-simplified'],
    neededFor: /\p{Script=Han}/u,
  }),
  ...faces('Noto Color Emoji', 'noto-color-emoji', {
    weights: [400],
    subsets: ['emoji'],
    // Signs such as © are pictographs to Unicode, but letters to everybody.
    neededFor: /(?![©®™‼⁉])\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u,
  }),
];

/** The faces that a text needs. */
export function fontFacesFor(text: string): FontFace[] {
  return fontFaces.filter(({ neededFor }) => neededFor === undefined || neededFor.test(text));
}

/** What letters are drawn with. */
export interface Typeface {
  /** CSS font-family list. */
  readonly families: string;
  /** BCP 47. */
  readonly language: string;
}

/**
 * The typeface of a video in a language. @param language BCP 47. @param own Families that come first, such as those of
 * `theme.fonts.heading`.
 */
export function typefaceOf(language: string, own: readonly string[] = []): Typeface {
  return { families: fontStack(language, own), language };
}

/** A CSS font-family list: each letter is drawn by the first family that has it. @param language BCP 47. */
export function fontStack(language: string, own: readonly string[] = []): string {
  const families = [
    ...own.filter((family) => family !== 'Inter'),
    'Inter',
    'Noto Sans',
    ...scripts,
    ...eastAsian(language),
    'Noto Color Emoji',
    'sans-serif',
  ];
  return families.map((family) => (family.includes(' ') ? `"${family}"` : family)).join(', ');
}

const scripts = ['Noto Sans Hebrew', 'Noto Sans Devanagari', 'Noto Sans Thai', 'Noto Sans Arabic'];

/** The same character is written differently in Japan, Korea and China: the language's own font comes first. */
function eastAsian(language: string): string[] {
  const primary = language.toLowerCase().split('-')[0];
  if (primary === 'zh' || primary === 'yue') return ['Noto Sans SC', 'Noto Sans JP', 'Noto Sans KR'];
  if (primary === 'ko') return ['Noto Sans KR', 'Noto Sans JP', 'Noto Sans SC'];
  return ['Noto Sans JP', 'Noto Sans SC', 'Noto Sans KR'];
}

function faces(
  family: string,
  name: string,
  options: {
    readonly weights: readonly number[];
    readonly subsets: readonly string[];
    readonly neededFor?: RegExp;
  },
): FontFace[] {
  const { weights, subsets, ...rest } = options;
  return weights.map((weight) => ({
    family,
    weight,
    package: `@fontsource/${name}`,
    files: subsets.map((subset) => `files/${name}-${subset}-${weight}-normal.woff2`),
    ...('neededFor' in rest ? { neededFor: rest.neededFor } : {}),
  }));
}
