import { type Chart, limits } from '../protocol/index.ts';
import { type ChartNumber, numberReader } from './chart-number.ts';
import { mistake, type Place } from './mistake.ts';
import type { Cell, TableDraft } from './table-block.ts';

/**
 * A table as a chart: the first column are the labels, every other one is a series of numbers.
 *
 * @throws {AuraError} script_invalid at the cell that is no number or has another unit than the first.
 */
export function asChart(
  table: TableDraft,
  { kind, language }: { readonly kind: Chart['kind']; readonly language: string },
): Chart {
  const { header, rows } = table;
  refuseSizes(table, kind);
  const read = numberReader(language);
  const numbers = rows.map((row) => row.slice(1).map((cell) => readNumber(cell, read)));
  const unit = sharedUnit(numbers.flat());
  if (kind === 'pie') refuseNegative(numbers.flat());
  return {
    kind,
    labels: rows.map(([label]) => label?.text ?? ''),
    series: header.slice(1).map(({ text }, column) => ({
      name: text,
      values: numbers.map((row) => row[column]?.value ?? 0),
    })),
    unit,
  };
}

function refuseSizes({ header, rows, place }: TableDraft, kind: Chart['kind']): void {
  const refuse = (what: string) => {
    throw mistake(place, what);
  };
  const seriesCount = header.length - 1;
  if (seriesCount < 1) refuse('a chart needs a column of labels and a column of numbers');
  if (seriesCount > limits.chartSeries) {
    refuse(`a chart has at most ${limits.chartSeries} columns of numbers, this one ${seriesCount}`);
  }
  if (kind === 'pie' && seriesCount > 1)
    refuse(`a pie shows one column of numbers, this table has ${seriesCount}`);
  if (rows.length === 0) refuse('the table has no rows to draw a chart of');
  if (rows.length > limits.chartLabels) {
    refuse(`a chart has at most ${limits.chartLabels} rows, this one ${rows.length}`);
  }
}

interface PlacedNumber extends ChartNumber {
  readonly place: Place;
  readonly written: string;
}

function readNumber({ text, place }: Cell, read: ReturnType<typeof numberReader>): PlacedNumber {
  if (text === '') throw mistake(place, 'a chart needs a number in each row; this cell is empty');
  const number = read(text);
  if ('problem' in number) throw mistake(place, number.problem);
  return { ...number, place, written: text };
}

function sharedUnit(numbers: readonly PlacedNumber[]): string {
  const [first] = numbers;
  if (first === undefined) return '';
  const other = numbers.find(({ unit }) => unit !== first.unit);
  if (other === undefined) return first.unit;
  const have = `"${other.written}" and "${first.written}" in line ${first.place.line}`;
  throw mistake(other.place, `${have} have not the same unit; a chart has one for all its numbers, or none`);
}

function refuseNegative(numbers: readonly PlacedNumber[]): void {
  const negative = numbers.find(({ value }) => value < 0);
  if (negative === undefined) return;
  throw mistake(negative.place, `a pie shows parts of a whole; "${negative.written}" is less than nothing`);
}
