/** Colours of text and of what stands beside it. All #rrggbb, and all but `accent` WCAG AA on their ground. */
export interface TextColors {
  readonly heading: string;
  readonly point: string;
  /** Labels, sources, axes: what is less important, but still read. */
  readonly muted: string;
  /** Bars and markers; and large words (24 px bold of a 1080 px side or more), where it has 3:1 on the theme's own ground. */
  readonly accent: string;
}

/** How dense the shade under the words is: under a heading alone, and under points, whose smaller letters need more. */
export interface ScrimOpacity {
  readonly heading: number;
  readonly points: number;
}
