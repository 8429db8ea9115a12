import type { Brand } from '../protocol/index.ts';
import { blend, luminance, parseColor, type Rgb } from './color.ts';
import {
  blackOrWhite,
  lowestContrast,
  mixed,
  rampColors,
  readable,
  visible,
  withContrast,
} from './readable.ts';
import type { BackgroundArt, Palette, TextColors, Theme } from './themes/index.ts';

type BrandColors = NonNullable<Brand['colors']>;

/** The theme in a brand's colours: what the brand does not name follows from them, and all of it can be read. */
export function brandedColors(theme: Theme, brand: BrandColors): Theme {
  const grounded = brand.background === undefined ? theme : onBrandGround(theme, brand.background);
  const behind = groundColors(grounded);
  const wanted = brand.accent ?? theme.onBackground.accent;
  const isSame = brand.background === undefined && brand.text === undefined;
  const words = isSame ? theme.onBackground : wordColors(grounded, { text: brand.text, behind });
  return {
    ...grounded,
    ...accented(grounded, { wanted, behind, isOwn: brand.accent !== undefined }),
    onBackground: { ...words, accent: withContrast(wanted, behind, visible) },
  };
}

/** What was dark on light must not become grey on dark: where a colour has to move, it moves past what is just enough. */
const comfortable = 6;
const clear = 11;

/** The brand's colour, or its ramp as the theme turns it, without the theme's art, which has the theme's colours. */
function onBrandGround(theme: Theme, colors: readonly string[]): Theme {
  const behind = rampColors(colors);
  const [first = '#000000'] = colors;
  const towards = blackOrWhite(behind) === '#ffffff' ? '#000000' : '#ffffff';
  const panel = mixed(towards, first, towards === '#000000' ? 0.5 : 0.8);
  const under = parseColor(panel);
  const { code, panel: look } = theme;
  return {
    ...theme,
    background: { colors: colors.length === 1 ? [first, first] : colors, angleDegrees: 135, art: [] },
    onOpposite: furthest(theme, behind),
    panel: {
      ...look,
      color: panel,
      opacity: 1,
      borderColor: blackOrWhite(behind),
      text: withContrast(look.text, [under], clear),
      muted: withContrast(look.muted, [under], comfortable),
    },
    code: codeOn(code, under),
  };
}

/** Of the theme's two sets, the one that this ground is least made for: grounds it is made for are unlike this. */
function furthest({ onBackground, onOpposite }: Theme, behind: readonly Rgb[]): TextColors {
  const ownIsBetter =
    lowestContrast(onBackground.heading, behind) >= lowestContrast(onOpposite.heading, behind);
  return ownIsBetter ? onOpposite : onBackground;
}

/** A lit line may come nearer to its letters than the panel: it gets fainter, and they keep away from both. */
function codeOn(code: Theme['code'], panel: Rgb): Theme['code'] {
  const litLine = { color: blackOrWhite([panel]), opacity: 0.1 };
  const lit = blend(parseColor(litLine.color), panel, litLine.opacity);
  const read = (color: string): string => withContrast(color, [panel, lit], comfortable);
  return {
    litLine,
    plain: withContrast(code.plain, [panel, lit], clear),
    keyword: read(code.keyword),
    string: read(code.string),
    constant: read(code.constant),
    function: read(code.function),
    parameter: read(code.parameter),
    comment: read(code.comment),
    punctuation: read(code.punctuation),
    link: read(code.link),
  };
}

function wordColors(
  { onBackground, onOpposite }: Theme,
  { text, behind }: { readonly text: string | undefined; readonly behind: readonly Rgb[] },
): Omit<TextColors, 'accent'> {
  const isRead = (color: string | undefined): color is string =>
    color !== undefined && lowestContrast(color, behind) >= readable;
  const heading = [text, onBackground.heading, onOpposite.heading].find(isRead) ?? blackOrWhite(behind);
  // Towards the ground it is less loud, as far as it can still be read.
  const ground = luminance(parseColor(heading)) > 0.5 ? '#000000' : '#ffffff';
  const quieter = (share: number): string => withContrast(mixed(ground, heading, share), behind, readable);
  return { heading, point: quieter(0.1), muted: quieter(0.34) };
}

/** Everything that has the accent's colour, each on what is under it. */
function accented(
  theme: Theme,
  {
    wanted,
    behind,
    isOwn,
  }: { readonly wanted: string; readonly behind: readonly Rgb[]; readonly isOwn: boolean },
): Pick<Theme, 'accent' | 'quote' | 'panel' | 'palette' | 'onPicture' | 'caption'> {
  const { rampTo, ...accent } = theme.accent;
  const { panel, onPicture, caption } = theme;
  const underPanel = [parseColor(panel.color)];
  const both = [...behind, ...underPanel];
  return {
    accent,
    quote: { ...theme.quote, color: withContrast(isOwn ? wanted : theme.quote.color, behind, visible) },
    panel: { ...panel, accent: withContrast(isOwn ? wanted : panel.accent, underPanel, readable) },
    palette: paletteWith(isOwn ? wanted : undefined, theme.palette, both),
    onPicture: isOwn
      ? { ...onPicture, accent: withContrast(wanted, [parseColor(onPicture.shade)], readable) }
      : onPicture,
    caption: isOwn ? captionWith(wanted, theme.caption) : caption,
  };
}

/** Of graphics that need not be read by themselves, but must not vanish. */
const noticeable = 2;

function captionWith(wanted: string, caption: Theme['caption']): Theme['caption'] {
  const spokenBox = withContrast(wanted, [parseColor(caption.box)], noticeable);
  return { ...caption, spokenBox, spokenText: blackOrWhite([parseColor(spokenBox)]) };
}

function paletteWith(first: string | undefined, palette: Palette, behind: readonly Rgb[]): Palette {
  const seen = (color: string): string => withContrast(color, behind, visible);
  const [a, b, c, d, e, f] = palette;
  return [seen(first ?? a), seen(b), seen(c), seen(d), seen(e), seen(f)];
}

/** What can be seen of a background: its ramp, and its shapes over it, each alone and all together. */
function groundColors({ background }: Theme): Rgb[] {
  const ramp = rampColors(background.colors);
  const shapes = background.art.flatMap(colorsOf);
  const over = (under: Rgb, shape: Shape): Rgb => blend(parseColor(shape.color), under, shape.opacity);
  const alone = shapes.flatMap((shape) => ramp.map((under) => over(under, shape)));
  return [...ramp, ...alone, ...ramp.map((under) => shapes.reduce(over, under))];
}

interface Shape {
  readonly color: string;
  readonly opacity: number;
}

function colorsOf(art: BackgroundArt): Shape[] {
  // Slabs and frames are in the margins, where no words stand.
  if (art.kind === 'slab' || art.kind === 'frame') return [];
  if (art.kind !== 'disc') return [art];
  return art.colors.map((color, end) => ({ color, opacity: art.opacities[end] ?? 1 }));
}
