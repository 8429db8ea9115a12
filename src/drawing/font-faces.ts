/** A font file that has to be registered under a family name before frames are drawn. */
export interface FontFace {
  readonly family: string;
  readonly weight: number;
  readonly style: 'normal' | 'italic';
  readonly package: string;
  /** Relative to the package. */
  readonly files: readonly string[];
  /** Only for themes that name the family; of every video when absent. */
  readonly ofThemes?: true;
  /** The face is needed only for texts in which this matches; always when absent. These faces are large. */
  readonly neededFor?: RegExp;
}

/** Several files of one family are one font: a letter is looked for in each of them. */
export const fontFaces: readonly FontFace[] = [...commonFaces(), ...themeFaces(), ...largeFaces()];

function commonFaces(): FontFace[] {
  return [
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
    ...faces('Noto Sans Devanagari', 'noto-sans-devanagari', {
      weights: [600, 800],
      subsets: ['devanagari'],
    }),
    ...faces('Noto Sans Thai', 'noto-sans-thai', { weights: [600, 800], subsets: ['thai'] }),
  ];
}

function themeFaces(): FontFace[] {
  const western = ['latin', 'latin-ext', 'vietnamese'];
  const cyrillic = ['cyrillic', 'cyrillic-ext'];
  const ofThemes = true;
  return [
    ...faces('Manrope', 'manrope', {
      weights: [600, 700, 800],
      subsets: [...western, ...cyrillic, 'greek'],
      ofThemes,
    }),
    ...faces('Fraunces', 'fraunces', { weights: [600], subsets: western, ofThemes }),
    ...faces('Fraunces', 'fraunces', { weights: [500], subsets: western, style: 'italic', ofThemes }),
    ...faces('Source Serif 4', 'source-serif-4', {
      weights: [500, 700],
      subsets: [...western, ...cyrillic, 'greek'],
      ofThemes,
    }),
    ...faces('Archivo', 'archivo', { weights: [500, 700, 800], subsets: western, ofThemes }),
    ...faces('Unbounded', 'unbounded', { weights: [700], subsets: [...western, ...cyrillic], ofThemes }),
    ...faces('Space Grotesk', 'space-grotesk', { weights: [500, 700], subsets: western, ofThemes }),
    ...faces('Bricolage Grotesque', 'bricolage-grotesque', {
      weights: [500, 700, 800],
      subsets: western,
      ofThemes,
    }),
    ...faces('Outfit', 'outfit', { weights: [500, 700], subsets: ['latin', 'latin-ext'], ofThemes }),
    ...faces('JetBrains Mono', 'jetbrains-mono', {
      weights: [500, 700],
      subsets: [...western, ...cyrillic, 'greek'],
      ofThemes,
    }),
  ];
}

function largeFaces(): FontFace[] {
  return [
    ...faces('Noto Sans JP', 'noto-sans-jp', {
      weights: [700],
      subsets: ['japanese'],
      neededFor:
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u2150-\u2bff\u3000-\u33ff\uff00-\uffef]/u,
    }),
    // Arrows, stars, ticks, circled numbers, signs of mathematics: the fonts above leave them to those of the machine.
    ...faces('Noto Sans JP', 'noto-sans-jp', {
      weights: [700],
      subsets: signSubsets(),
      neededFor: /[‒―‖‡‥‧‰‵※‼⁂⁇-⁉⁑⁴℀-℡℣-⅏\u2150-\u2bff\u3000-\u33ff\uff00-\uffef]/u,
    }),
    ...faces('Noto Sans KR', 'noto-sans-kr', {
      weights: [700],
      subsets: ['korean'],
      // With the other fonts of Han, or which of them draws a character would hang on what was drawn before.
      neededFor: /[\p{Script=Hangul}\p{Script=Han}]/u,
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
}

/** The package has its font in numbered pieces too, by how often their characters are met; signs are in these. */
function signSubsets(): string[] {
  return Array.from({ length: 69 }, (_, index) => String(51 + index));
}

interface FaceOptions extends Pick<FontFace, 'ofThemes' | 'neededFor'> {
  readonly weights: readonly number[];
  readonly subsets: readonly string[];
  readonly style?: FontFace['style'];
}

function faces(family: string, name: string, options: FaceOptions): FontFace[] {
  const { weights, subsets, style = 'normal', ...rest } = options;
  return weights.map((weight) => ({
    ...rest,
    family,
    weight,
    style,
    package: `@fontsource/${name}`,
    files: subsets.map((subset) => `files/${name}-${subset}-${weight}-${style}.woff2`),
  }));
}
