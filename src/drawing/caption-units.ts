import type { Cue } from '../timeline/index.ts';
import type { DrawingContext } from './drawing-context.ts';
import { measureShaped } from './shaped-text.ts';
import { type Direction, visualOrder } from './text-direction.ts';
import type { TextLine } from './wrap-text.ts';

/** A word on one line, or the part of it that stands there, or a sign between words. */
export interface CaptionUnit {
  readonly text: string;
  readonly direction: Direction;
  /** Index into the cue's words; undefined for signs that belong to none. */
  readonly wordIndex: number | undefined;
  /** Left edge and top of its line, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Whether white space is on both sides, so that a box around it may be wider than it. */
  readonly spaced: boolean;
}

/** The units of one line from left to right, `x` from the line's left edge. */
export function placeUnits(
  context: DrawingContext,
  {
    cue,
    line,
    direction,
    wordGap,
  }: {
    readonly cue: Cue;
    readonly line: TextLine;
    readonly direction: Direction;
    readonly wordGap: number;
  },
): { readonly units: CaptionUnit[]; readonly width: number } {
  const ranges = divideLine(cue, line);
  const texts = ranges.map(({ start, end }) => cue.text.slice(start, end));
  const space = context.measureText(' ').width * wordGap;
  const units: CaptionUnit[] = [];
  let x = 0;
  let previous: number | undefined;
  for (const index of visualOrder(texts, direction)) {
    const range = ranges[index];
    if (range === undefined) continue;
    if (previous !== undefined && spaceBetween(cue.text, ranges, [previous, index])) x += space;
    const text = texts[index] ?? '';
    const width = measureShaped(context, text);
    units.push({
      text,
      direction,
      wordIndex: range.wordIndex,
      x,
      y: 0,
      width,
      spaced: isSpaced(cue.text, range),
    });
    x += width;
    previous = index;
  }
  return { units, width: x };
}

interface UnitRange {
  readonly start: number;
  readonly end: number;
  readonly wordIndex: number | undefined;
}

function divideLine(cue: Cue, line: TextLine): UnitRange[] {
  const ranges: UnitRange[] = [];
  let position = line.start;
  for (const [wordIndex, word] of cue.words.entries()) {
    const start = Math.max(word.textStart, position);
    const end = Math.min(word.textEnd, line.end);
    if (end <= start) continue;
    ranges.push(...signs(cue.text, position, start), { start, end, wordIndex });
    position = end;
  }
  return [...ranges, ...signs(cue.text, position, line.end)];
}

/** What stands between two words besides white space, such as a dash. */
function signs(text: string, from: number, to: number): UnitRange[] {
  const pattern = /\S+/gu;
  return Array.from(text.slice(from, to).matchAll(pattern), (match) => ({
    start: from + match.index,
    end: from + match.index + match[0].length,
    wordIndex: undefined,
  }));
}

function spaceBetween(text: string, ranges: readonly UnitRange[], pair: readonly [number, number]): boolean {
  const [first, second] = [ranges[Math.min(...pair)], ranges[Math.max(...pair)]];
  if (first === undefined || second === undefined) return false;
  return Math.abs(pair[0] - pair[1]) !== 1 || /\s/u.test(text.slice(first.end, second.start));
}

function isSpaced(text: string, { start, end }: UnitRange): boolean {
  const open = (character: string | undefined): boolean => character === undefined || /\s/u.test(character);
  return open(text[start - 1]) && open(text[end]);
}
