import { type ThemeFonts, type Typeface, typefaceOf } from './fonts.ts';

/** The typefaces of a video: headings, big numbers and quotations; everything else; source code. */
export interface Faces {
  readonly heading: Typeface;
  readonly body: Typeface;
  readonly mono: Typeface;
}

/** @param language BCP 47. */
export function facesOf(language: string, fonts: ThemeFonts): Faces {
  return {
    heading: typefaceOf(language, fonts.heading),
    body: typefaceOf(language, fonts.body),
    mono: typefaceOf(language, fonts.mono),
  };
}
