import type { ThemeName } from '../../protocol/index.ts';
import type { CodeTokenKind } from '../../timeline/index.ts';
import type { ThemeFonts } from '../fonts.ts';
import type { BackgroundArt } from './background-art.ts';
import type { ScrimOpacity, TextColors } from './text-colors.ts';

/** How a video looks: data only. Lengths are in thousandths of the canvas's shorter side. */
export interface Theme {
  readonly name: ThemeName;
  readonly background: {
    readonly colors: readonly string[];
    readonly angleDegrees: number;
    readonly art: readonly BackgroundArt[];
  };
  readonly onBackground: TextColors;
  /** The other half of the pair: for a scene's own background on which `onBackground` is hard to read. */
  readonly onOpposite: TextColors;
  /** Over pictures there are shades: around each letter, and a thin one under all of them. */
  readonly onPicture: TextColors & { readonly shade: string; readonly scrimOpacity: ScrimOpacity };
  /** Own families, the first first; `typefaceOf` puts those for other scripts behind them. */
  readonly fonts: ThemeFonts;
  readonly type: TypeLook;
  readonly accent: AccentLook;
  /** What stands before each point. */
  readonly marker: MarkerKind;
  readonly quote: QuoteLook;
  readonly panel: PanelLook;
  /** Syntax colours; 4.5:1 on the panel, also on a lit line of it. */
  readonly code: Readonly<Record<CodeTokenKind, string>> & {
    /** The band behind the lines that are spoken about. */
    readonly litLine: { readonly color: string; readonly opacity: number };
  };
  /** Of charts and of number badges: told apart by neighbours, 3:1 on the background and on the panel. */
  readonly palette: Palette;
  readonly caption: CaptionLook;
}

export interface TypeLook {
  readonly titleSize: number;
  readonly headingSize: number;
  readonly statementSize: number;
  readonly pointSize: number;
  /** A big number is set in the heading's font. */
  readonly numberSize: number;
  readonly quoteSize: number;
  /** Code, at its largest. */
  readonly codeSize: number;
  readonly headingWeight: number;
  readonly pointWeight: number;
  /** In shares of the type size. */
  readonly headingSpacing: number;
  /** In shares of the type size, for Latin. */
  readonly headingLineHeight: number;
  /** Applied with `inHeadingCase`, to headings only. */
  readonly headingCase: 'as-written' | 'upper';
}

/**
 * What goes with a heading, in the accent colour; `paintAccent` paints each kind into the box the layout gives it.
 * bar: a short bar above it. underline: a short bar below it. rule: a hairline above it, as wide as the column.
 * block: a square above it. none: nothing.
 */
export interface AccentLook {
  readonly kind: 'bar' | 'underline' | 'rule' | 'block' | 'none';
  /** Of a heading at its usual size. A rule ignores the width. */
  readonly width: number;
  readonly height: number;
  /** Between it and the letters. */
  readonly gap: number;
  /** In shares of its height; 0.5 is round. */
  readonly corner: number;
  /** Second colour of a ramp from left to right; one colour when absent. */
  readonly rampTo?: string;
}

/** light: a dot with a faint ring around it. dash, square, ring, leaf: as named. */
export type MarkerKind = 'light' | 'dash' | 'square' | 'ring' | 'leaf';

export interface QuoteLook {
  /** mark: a large quotation mark above. bar: a bar along the quote's start side. none: neither. */
  readonly kind: 'mark' | 'bar' | 'none';
  readonly color: string;
  readonly weight: number;
  readonly italic: boolean;
}

/** A card that code, tables and charts lie on. */
export interface PanelLook {
  readonly color: string;
  readonly opacity: number;
  readonly borderColor: string;
  readonly borderOpacity: number;
  readonly borderWidth: number;
  readonly radius: number;
  /** On the panel, AA. */
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
}

export type Palette = readonly [string, string, string, string, string, string];

export interface CaptionLook {
  readonly weight: number;
  readonly text: string;
  readonly box: string;
  readonly boxOpacity: number;
  /** Of the box's corners, in shares of the type size. */
  readonly radius: number;
  /** The word being spoken, and the box behind it. */
  readonly spokenText: string;
  readonly spokenBox: string;
  /** In shares of the type size. */
  readonly spokenRadius: number;
}
