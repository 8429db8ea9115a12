import { type FontFace, fontFaces } from './font-faces.ts';

export { type FontFace, fontFaces } from './font-faces.ts';

/** Family names under which a brand's own fonts are registered, by whoever reads their files. */
export const brandFamilies = { heading: 'Aura Brand Heading', body: 'Aura Brand Body' } as const;

/** What a theme's letters are drawn with: family names, the first that has a letter draws it. */
export interface ThemeFonts {
  readonly heading: readonly string[];
  readonly body: readonly string[];
  readonly mono: readonly string[];
}

/** The faces that a text needs, in a theme with these fonts or, without them, in any theme. */
export function fontFacesFor(text: string, fonts?: ThemeFonts): FontFace[] {
  const named = fonts && new Set([...fonts.heading, ...fonts.body, ...fonts.mono]);
  return fontFaces.filter(
    ({ family, ofThemes, neededFor }) =>
      (ofThemes === undefined || named === undefined || named.has(family)) &&
      (neededFor === undefined || neededFor.test(text)),
  );
}

/** What letters are drawn with. */
export interface Typeface {
  /** CSS font-family list. */
  readonly families: string;
  /** BCP 47. */
  readonly language: string;
}

/**
 * The typeface of a video in a language.
 *
 * @param language BCP 47.
 * @param own Families that come first, such as those of `theme.fonts.heading`.
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
  return families.map((family) => (/[ \d]/.test(family) ? `"${family}"` : family)).join(', ');
}

const scripts = ['Noto Sans Hebrew', 'Noto Sans Devanagari', 'Noto Sans Thai', 'Noto Sans Arabic'];

/** The same character is written differently in Japan, Korea and China: the language's own font comes first. */
function eastAsian(language: string): string[] {
  const primary = language.toLowerCase().split('-')[0];
  if (primary === 'zh' || primary === 'yue') return ['Noto Sans SC', 'Noto Sans JP', 'Noto Sans KR'];
  if (primary === 'ko') return ['Noto Sans KR', 'Noto Sans JP', 'Noto Sans SC'];
  return ['Noto Sans JP', 'Noto Sans SC', 'Noto Sans KR'];
}
