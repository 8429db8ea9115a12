import type { ThemeName } from '../../protocol/index.ts';

/** A soft round light on the background. Places and radius are shares of the canvas: width, height, longer side. */
export interface Glow {
  readonly color: string;
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Thin circles around one point, the outermost the faintest. Places and radii are shares, as with glows. */
export interface Rings {
  readonly color: string;
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
  readonly radii: readonly number[];
}

/** Colours of text and of what stands beside it. All #rrggbb. */
export interface TextColors {
  readonly heading: string;
  readonly point: string;
  /** Bars and markers. */
  readonly accent: string;
}

/** How dense the shade under the words is: under a heading alone, and under points, whose smaller letters need more. */
export interface ScrimOpacity {
  readonly heading: number;
  readonly points: number;
}

/** How a video looks: data only. Lengths are in thousandths of the canvas's shorter side. */
export interface Theme {
  readonly name: ThemeName;
  readonly background: {
    readonly colors: readonly string[];
    readonly angleDegrees: number;
    readonly glows: readonly Glow[];
    readonly rings: Rings;
  };
  readonly onBackground: TextColors;
  /** The other half of the pair: for a scene's own background on which `onBackground` is hard to read. */
  readonly onOpposite: TextColors;
  /** Over pictures there are shades: around each letter, and a thin one under all of them. */
  readonly onPicture: TextColors & { readonly shade: string; readonly scrimOpacity: ScrimOpacity };
  readonly type: {
    readonly titleSize: number;
    readonly headingSize: number;
    readonly statementSize: number;
    readonly pointSize: number;
    readonly headingWeight: number;
    readonly pointWeight: number;
    /** In shares of the type size. */
    readonly headingSpacing: number;
  };
  readonly caption: {
    readonly weight: number;
    readonly text: string;
    readonly box: string;
    readonly boxOpacity: number;
    /** The word being spoken, and the box behind it. */
    readonly spokenText: string;
    readonly spokenBox: string;
  };
}
