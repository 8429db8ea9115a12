import type { Table as TableNode, TableRow } from 'mdast';
import { limits, type Table } from '../protocol/index.ts';
import { readInline } from './inline-text.ts';
import { type MarkdownTree, placeOf } from './markdown-tree.ts';
import { mistake, type Place, quoted } from './mistake.ts';

export interface Cell {
  readonly text: string;
  readonly place: Place;
}

/** A table as written; all rows are as long as the header. */
export interface TableDraft {
  readonly header: readonly Cell[];
  readonly aligns: readonly Table['columns'][number]['align'][];
  readonly rows: readonly (readonly Cell[])[];
  readonly place: Place;
}

/** @throws {AuraError} script_invalid for cells that are too long, too many, or hold more than text. */
export function readTable(node: TableNode, tree: MarkdownTree): TableDraft {
  const place = placeOf(node);
  const [first, ...others] = node.children;
  const header = first === undefined ? [] : readRow(first, tree);
  const aligns = header.map((_, index) => alignments[node.align?.[index] ?? 'left']);
  const rows = others.map((row) => filledUp(readRow(row, tree), header.length, placeOf(row)));
  return { header, aligns, rows, place };
}

/** @throws {AuraError} script_invalid for more than a screen takes. */
export function asTable({ header, aligns, rows, place }: TableDraft): Table {
  if (header.length > limits.tableColumns) {
    throw mistake(
      place,
      `a table has at most ${limits.tableColumns} columns, this one ${header.length}; divide it`,
    );
  }
  if (rows.length > limits.tableRows) {
    throw mistake(place, `a table has at most ${limits.tableRows} rows, this one ${rows.length}; divide it`);
  }
  return {
    columns: header.map(({ text }, index) => ({ heading: text, align: aligns[index] ?? 'start' })),
    rows: rows.map((row) => row.map(({ text }) => text)),
  };
}

const alignments = { left: 'start', center: 'center', right: 'end' } as const;

function readRow(row: TableRow, tree: MarkdownTree): Cell[] {
  return row.children.map((cell) => {
    const place = placeOf(cell.children[0] ?? cell);
    const { text, images, directives } = readInline(cell.children, tree);
    if (images[0] !== undefined) {
      throw mistake(images[0].place, 'a table holds text; put the image above or below it');
    }
    if (directives[0] !== undefined) {
      throw mistake(directives[0].place, 'a directive stands on a line of its own, above or below the table');
    }
    if (text.length > limits.cellLength) {
      throw mistake(place, `a cell has at most ${limits.cellLength} characters, this one ${text.length}`);
    }
    return { text, place };
  });
}

/** Markdown allows rows to be shorter than the header. What goes beyond it, it would leave out. */
function filledUp(cells: readonly Cell[], length: number, rowPlace: Place): Cell[] {
  const extra = cells[length];
  if (extra !== undefined) {
    const what = `${quoted(extra.text)} is in column ${length + 1}, and the header has ${length}`;
    throw mistake(extra.place, `${what}; write \\| for a | in a cell`);
  }
  const missing = Array.from({ length: length - cells.length }, () => ({ text: '', place: rowPlace }));
  return [...cells, ...missing];
}
