/** Length from which a text is cut at the next end of a sentence, in UTF-16 code units. */
const pieceLength = 600;

/** A part of a text and where it begins in it, in UTF-16 code units. */
export interface TextPiece {
  readonly text: string;
  readonly offset: number;
}

/**
 * Cuts a long text at ends of sentences, so that speaking it can stop in between. Short texts stay whole: an engine knows
 * better which full stop ends a sentence ("Dr. Smith") and how long to pause there.
 */
export function splitIntoPieces(text: string, language: string): TextPiece[] {
  if (text.length <= pieceLength) return [{ text, offset: 0 }];
  const pieces: TextPiece[] = [];
  let start = 0;
  for (const { segment, index } of new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)) {
    const end = index + segment.length;
    if (end - start < pieceLength && end < text.length) continue;
    pieces.push({ text: text.slice(start, end), offset: start });
    start = end;
  }
  return pieces;
}
