/** What a picture's own structure says of it, read without decoding a pixel. */
export interface PictureHeader {
  /** As stored, before any rotation that its EXIF data asks for. */
  readonly width: number;
  readonly height: number;
  /** Certainly without transparent pixels. */
  readonly isOpaque: boolean;
  /** Every part up to the mark of its end is there. */
  readonly isComplete: boolean;
  /** Only when it moves: how many frames it has, and how long they are shown, once through. */
  readonly animation?: { readonly frameCount: number; readonly durationSeconds: number };
  /** Parts that each make a decoder work without adding a pixel: passes over a JPEG, packed notes in a PNG. */
  readonly extraParts?: number;
}
