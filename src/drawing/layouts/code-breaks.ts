/** A piece of code that stays on one row. */
export interface CodePiece {
  readonly text: string;
  /** In any unit. */
  readonly width: number;
}

interface Rows {
  readonly cost: number;
  /** The index of the piece that each row begins with. */
  readonly starts: readonly number[];
}

/**
 * Divides a line that is too long into as few rows as can be, where one who writes code would, and not so that the last
 * holds hardly anything. Pieces of white space at a break are on neither row.
 *
 * @returns The index of the piece that each row begins with.
 */
export function codeBreaks(
  pieces: readonly CodePiece[],
  room: { readonly first: number; readonly rest: number },
): readonly number[] {
  // From the last piece to the first: the best rows for everything from a piece on.
  const best: Rows[] = [];
  for (let from = pieces.length - 1; from >= 0; from--) {
    best[from] = bestFrom(pieces, { from, room: from === 0 ? room.first : room.rest, best });
  }
  return best[0]?.starts ?? [0];
}

/** In the same measure as what a break costs: one row less is worth any break, and no row goes beyond its room. */
const rowCost = 20;
const outsideCost = 1000;

function bestFrom(
  pieces: readonly CodePiece[],
  of: { readonly from: number; readonly room: number; readonly best: readonly Rows[] },
): Rows {
  const { from, room, best } = of;
  let found: Rows = { cost: Number.POSITIVE_INFINITY, starts: [from] };
  let width = 0;
  let ink = 0;
  for (let to = from; to < pieces.length; to++) {
    const piece = pieces[to];
    width += piece?.width ?? 0;
    if (!isSpace(piece)) ink = width;
    const next = pieces[to + 1];
    if (isSpace(next)) continue;
    const after = next === undefined ? { cost: emptiness(ink / room), starts: [] } : best[to + 1];
    const isOutside = ink > room + 1e-6;
    const cost =
      rowCost + (isOutside ? outsideCost : 0) + (after?.cost ?? 0) + (next ? breakCost(pieces, to + 1) : 0);
    if (cost < found.cost) found = { cost, starts: [from, ...(after?.starts ?? [])] };
    if (isOutside) break;
  }
  return found;
}

/** A last row with hardly anything on it looks forgotten. */
function emptiness(filled: number): number {
  return Math.max(0, 0.3 - filled) * 20;
}

function breakCost(pieces: readonly CodePiece[], next: number): number {
  const after = pieces[next]?.text ?? '';
  if (/^[)\]},;]/u.test(after)) return 12;
  const spaced = isSpace(pieces[next - 1]);
  const before = pieces[spaced ? next - 2 : next - 1]?.text ?? '';
  if (/[,;]$/u.test(before)) return 0;
  if (/[([{=]$/u.test(before) || /^(?:=>|&&|\|\||\?|:)/u.test(after)) return 1;
  if (after.startsWith('.')) return 3;
  return spaced ? 2 : 6;
}

function isSpace(piece: CodePiece | undefined): boolean {
  return piece !== undefined && piece.text.trim() === '';
}
