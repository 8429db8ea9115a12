import { eastAsianWriting, endsPhrase, endsWord } from './east-asian-breaks.ts';

/** A stretch of text that is not broken across lines, and the white space after it. UTF-16 indexes. */
export interface TextPiece {
  readonly start: number;
  /** Without the white space. */
  readonly end: number;
  /** Where the next piece starts. */
  readonly next: number;
}

/** Divides a text where lines may break: at spaces, and in scripts that use none between phrases or words. */
export function linePieces(text: string): TextPiece[] {
  const writing = eastAsianWriting(text);
  const mayEnd = (before: string, after: string): boolean =>
    writing === undefined || !isEastAsian(before + after) || endsPhrase(before, after, writing);
  return piecesOf(text, { start: 0, end: text.length, next: text.length }, mayEnd);
}

/** The same piece in words, for phrases wider than a line. */
export function wordPieces(text: string, piece: TextPiece): TextPiece[] {
  const writing = eastAsianWriting(text);
  if (writing === undefined) return [piece];
  const mayEnd = (before: string, after: string): boolean =>
    !isEastAsian(before + after) || endsWord(before, after, writing);
  return piecesOf(text, piece, mayEnd);
}

type MayEnd = (before: string, after: string) => boolean;

function piecesOf(text: string, piece: TextPiece, mayEnd: MayEnd): TextPiece[] {
  const slice = text.slice(piece.start, piece.next);
  const starts = [0];
  let previous = '';
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'word' }).segment(slice)) {
    if (index > 0 && mayBreak(previous, segment, mayEnd)) starts.push(index);
    previous = segment;
  }
  return starts
    .map((start, index) => {
      const next = starts[index + 1] ?? slice.length;
      const length = slice.slice(start, next).trimEnd().length;
      return { start: piece.start + start, end: piece.start + start + length, next: piece.start + next };
    })
    .filter(({ start, end }) => end > start);
}

/** The same piece in parts of one grapheme each, for words wider than a line. */
export function graphemePieces(text: string, piece: TextPiece): TextPiece[] {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const starts: number[] = [];
  let previous = '';
  for (const { segment, index } of graphemes.segment(text.slice(piece.start, piece.end))) {
    const joined = isEastAsian(previous + segment) && staysTogether(previous, segment);
    if (index === 0 || !joined) starts.push(piece.start + index);
    previous = segment;
  }
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? piece.end;
    return { start, end, next: index === starts.length - 1 ? piece.next : end };
  });
}

const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3001-\u3003\uff01-\uff60\u30fc]/u;
const opens = /[\p{Ps}\p{Pi}¿¡]$/u;
const closes = /^[\p{Pe}\p{Pf}\p{Po}\p{Mn}ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々〻〜ゝゞヽヾ]/u;

function mayBreak(before: string, after: string, mayEnd: MayEnd): boolean {
  if (/\s$/u.test(before) && before !== '\u00a0') return !/^\s/u.test(after);
  if (/^\s/u.test(after) || staysTogether(before, after)) return false;
  return (spaceless.test(before) || spaceless.test(after)) && mayEnd(before, after);
}

/** No line starts with a closing sign or a small letter, none ends with an opening sign. */
function staysTogether(before: string, after: string): boolean {
  return opens.test(before) || closes.test(after);
}

function isEastAsian(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fc\uff00-\uffef]/u.test(text);
}
