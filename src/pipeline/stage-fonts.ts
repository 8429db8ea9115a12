import { themes, typefaceOf } from '../drawing/index.ts';
import { registerFonts } from '../media/register-fonts.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { ownFonts } from './own-fonts.ts';

/**
 * What letters of a timeline are drawn with: the theme's fonts, the brand's, and those for all other letters.
 *
 * @param files local files by source, those of the brand's fonts among them.
 * @returns makes a text's fonts known to the canvas, and gives the families that letters inside of pictures are drawn with.
 */
export function openStageFonts(
  timeline: Timeline,
  files: Readonly<Record<string, string>>,
): (text: string) => string {
  const themeFonts = themes[timeline.theme].fonts;
  const fonts = ownFonts(timeline.brand, files);
  const { families } = typefaceOf(timeline.language, [
    ...fonts.map(({ family }) => family).reverse(),
    ...themeFonts.body,
  ]);
  return (text) => {
    registerFonts({ text, themeFonts, fonts });
    return families;
  };
}
