import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeBreaks } from '../../src/drawing/layouts/code-breaks.ts';

/** The rows of a line whose letters are all 1 wide; pieces are divided by |. */
function rows(line: string, columns: number): string[] {
  const pieces = line.split('|').map((text) => ({ text, width: text.length }));
  const starts = codeBreaks(pieces, { first: columns, rest: columns - 2 });
  const row = (start: number, index: number) => pieces.slice(start, starts[index + 1]);
  return starts.map((start, index) =>
    row(start, index)
      .map(({ text }) => text)
      .join('')
      .trim(),
  );
}

const call = 'const| |sky| |=| |await| |forecast|(|lamp|.place|,| |{ days|:| |1| |});';

test('a line of code is broken after a comma, not before what closes it', () => {
  assert.deepEqual(rows(call, 49), ['const sky = await forecast(lamp.place,', '{ days: 1 });']);
  assert.deepEqual(rows(call, 40), ['const sky = await forecast(lamp.place,', '{ days: 1 });']);
  assert.deepEqual(rows(call, 36), ['const sky = await forecast(', 'lamp.place, { days: 1 });']);
});

test('a line of code that fits stays whole, and no row is wider than there is room', () => {
  assert.deepEqual(rows(call, call.replaceAll('|', '').length), [call.replaceAll('|', '')]);
  for (let columns = 12; columns < 60; columns++) {
    const set = rows(call, columns);
    assert.ok(
      set.every((row, index) => row.length <= (index === 0 ? columns : columns - 2)),
      set.join('\n'),
    );
    assert.equal(set.join('').replaceAll(' ', ''), call.replaceAll(/[| ]/gu, ''));
  }
});

test('a piece that is wider than a row has a row', () => {
  assert.deepEqual(rows('aaaaaaaaaaaaaaaa| |b', 8), ['aaaaaaaaaaaaaaaa', 'b']);
});
