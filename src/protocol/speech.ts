/** One word as it was spoken. Times are relative to the start of its passage, or of its scene in captions. */
export interface WordTime {
  /** The characters as written, punctuation that clings to the word included. */
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Half-open range of UTF-16 code units in the text it belongs to: the passage's, or the cue's. */
  readonly textStart: number;
  readonly textEnd: number;
}
