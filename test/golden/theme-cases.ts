import { type LayoutName, type ThemeName, themeNames } from '../../src/protocol/index.ts';
import { type GoldenCase, sizes } from './golden-case.ts';
import { layoutScenes } from './scenes.ts';

/** What a theme has a say in, in every theme but the first, which has all layouts. */
export function themeCases(): GoldenCase[] {
  const others = themeNames.filter((theme) => theme !== 'midnight');
  const wide = others.flatMap((theme) =>
    themed.map((layout) => themeCase({ name: `theme-${theme}-${layout}`, theme, layout, shape: 'wide' })),
  );
  const tall = tallThemes.flatMap((theme) =>
    (['title', 'content'] as const).map((layout) =>
      themeCase({ name: `theme-${theme}-${layout}-tall`, theme, layout, shape: 'tall' }),
    ),
  );
  return [...wide, ...tall];
}

const themed = [
  'title',
  'content',
  'picture-left',
  'split',
  'quote',
  'number',
  'code',
  'chart',
  'table',
  'lower-third',
  'end',
] as const;
/** A bright one and a dark one: a letter with serifs, and a wide one that fills its lines. */
const tallThemes = ['paper', 'neon'] as const;

function themeCase({ name, theme, layout, shape }: ThemeCase): GoldenCase {
  const settings = { theme, video: sizes[shape] };
  return { name, scenes: [layoutScenes[layout]], settings, at: 0.72 };
}

interface ThemeCase {
  readonly name: string;
  readonly theme: ThemeName;
  readonly layout: LayoutName;
  readonly shape: keyof typeof sizes;
}
