/** A stretch of text that is not broken across lines, and the white space after it. UTF-16 indexes. */
export interface TextPiece {
  readonly start: number;
  /** Without the white space. */
  readonly end: number;
  /** Where the next piece starts. */
  readonly next: number;
}

/** Divides a text where lines may break: at spaces, and between words of scripts that use none. */
export function linePieces(text: string): TextPiece[] {
  const starts = [0];
  let previous = '';
  for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    if (index > 0 && mayBreak(previous, segment)) starts.push(index);
    previous = segment;
  }
  return starts
    .map((start, index) => {
      const next = starts[index + 1] ?? text.length;
      return { start, end: start + text.slice(start, next).trimEnd().length, next };
    })
    .filter((piece) => piece.end > piece.start);
}

/** The same piece in parts of one grapheme each, for words wider than a line. */
export function graphemePieces(text: string, piece: TextPiece): TextPiece[] {
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const starts = Array.from(
    graphemes.segment(text.slice(piece.start, piece.end)),
    ({ index }) => piece.start + index,
  );
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? piece.end;
    return { start, end, next: index === starts.length - 1 ? piece.next : end };
  });
}

const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3001-\u3003\uff01-\uff60\u30fc]/u;
const opensPhrase = /[\p{Ps}\p{Pi}¿¡]$/u;
const closesPhrase = /^[\p{Pe}\p{Pf}\p{Po}\p{Mn}ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々〜]/u;

function mayBreak(before: string, after: string): boolean {
  if (/\s$/u.test(before) && before !== '\u00a0') return !/^\s/u.test(after);
  if (/^\s/u.test(after)) return false;
  if (opensPhrase.test(before) || closesPhrase.test(after)) return false;
  return spaceless.test(before) || spaceless.test(after);
}
