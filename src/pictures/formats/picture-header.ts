import type { Orientation } from './orientation.ts';

/** What a picture's own structure says of it, read without decoding a pixel. */
export interface PictureHeader {
  /** As stored, before it is turned. */
  readonly width: number;
  readonly height: number;
  /** Certainly without transparent pixels. */
  readonly isOpaque: boolean;
  /** Every part up to the mark of its end is there. */
  readonly isComplete: boolean;
  /** How it is to be turned: only where its decoder does not do that (it does with JPEG, AVIF and most WebP files). */
  readonly orientation?: Orientation;
  /** Only when it moves: how many frames it has, and how long they are shown, once through. */
  readonly animation?: { readonly frameCount: number; readonly durationSeconds: number };
  /** Parts that each make a decoder work without adding a pixel: passes over a JPEG, packed notes in a PNG. */
  readonly extraParts?: number;
}
