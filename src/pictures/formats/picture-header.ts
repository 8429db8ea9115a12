/** What a picture's own structure says of it, read without decoding a pixel. */
export interface PictureHeader {
  /** As stored, before any rotation that its EXIF data asks for. */
  readonly width: number;
  readonly height: number;
  /** Certainly without transparent pixels. */
  readonly isOpaque: boolean;
  /** Every part up to the mark of its end is there. */
  readonly isComplete: boolean;
}
