import type { Timeline } from '../timeline/index.ts';
import { brandedColors } from './brand-colors.ts';
import { brandFamilies } from './fonts.ts';
import { type Theme, themes } from './themes/index.ts';

/** The theme of a video, in its brand's colours and letters. */
export function themeOf({ theme: name, brand }: Pick<Timeline, 'theme' | 'brand'>): Theme {
  const theme = themes[name];
  if (brand === undefined) return theme;
  const { colors, fonts } = brand;
  const colored = colors === undefined ? theme : brandedColors(theme, colors);
  return fonts === undefined ? colored : brandedFonts(colored, fonts);
}

type Fonts = NonNullable<NonNullable<Timeline['brand']>['fonts']>;

/** A heading's closer setting was made for the theme's own letters, and a file has no italics of its own. */
function brandedFonts(theme: Theme, { heading, body }: Fonts): Theme {
  const { fonts, type, quote } = theme;
  return {
    ...theme,
    fonts: {
      heading: heading === undefined ? fonts.heading : [brandFamilies.heading, ...fonts.heading],
      body: body === undefined ? fonts.body : [brandFamilies.body, ...fonts.body],
      mono: fonts.mono,
    },
    ...(heading === undefined
      ? {}
      : { type: { ...type, headingSpacing: 0 }, quote: { ...quote, italic: false } }),
  };
}
