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

/** What lies on a theme's ground, painted once in this order. Glows become gradients: what has grain costs bits. */
export type BackgroundArt = Glow | Rings;
