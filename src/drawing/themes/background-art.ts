/** A soft round light. Places and radius are shares of the canvas: width, height, longer side. */
export interface Glow {
  readonly kind: 'glow';
  readonly color: string;
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Thin circles around one point, the outermost the faintest. Places and radii are shares, as with glows. */
export interface Rings {
  readonly kind: 'rings';
  readonly color: string;
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
  readonly radii: readonly number[];
}

/** A round shape, ramped from top to bottom. Places and radius are shares, as with glows. */
export interface Disc {
  readonly kind: 'disc';
  readonly colors: readonly [string, string];
  readonly opacities: readonly [number, number];
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A soft, uneven round shape. Places and radius are shares, as with glows. */
export interface Blob {
  readonly kind: 'blob';
  readonly color: string;
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Where it begins to be uneven, in turns. */
  readonly phase: number;
}

/** A line of hills along the bottom, filled down to it. Heights are shares of the canvas's. */
export interface Hills {
  readonly kind: 'hills';
  readonly color: string;
  readonly opacity: number;
  /** Of their middle, from the top. */
  readonly y: number;
  /** From there to the highest. */
  readonly height: number;
  /** Across the longer side. */
  readonly waves: number;
  /** In turns. */
  readonly phase: number;
}

/** Straight lines from edge to edge, as many as divide the canvas into so many parts. */
export interface Lines {
  readonly kind: 'lines';
  readonly color: string;
  readonly opacity: number;
  readonly direction: 'across' | 'down';
  /** Of the longer side; on the shorter one as many as make the same distance. */
  readonly parts: number;
  /** In thousandths of the shorter side, as all lengths of themes. */
  readonly thickness: number;
}

/** A line all around, or across at the top and at the bottom. In thousandths of the shorter side. */
export interface Frame {
  readonly kind: 'frame';
  readonly color: string;
  readonly opacity: number;
  readonly sides: 'all' | 'top-and-bottom';
  /** From the edges of the canvas. */
  readonly inset: number;
  readonly thickness: number;
}

/** A plain rectangle; in shares of the canvas. */
export interface Slab {
  readonly kind: 'slab';
  readonly color: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What lies on a theme's ground, painted once in this order. There is no grain: it would cost bits in every frame. */
export type BackgroundArt = Glow | Rings | Disc | Blob | Hills | Lines | Frame | Slab;
