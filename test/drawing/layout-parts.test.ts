import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focusAt, litRows } from '../../src/drawing/layouts/code-focus.ts';
import { columnWidths } from '../../src/drawing/layouts/column-widths.ts';
import { countingNumber } from '../../src/drawing/layouts/counting-number.ts';
import { niceScale } from '../../src/drawing/layouts/nice-ticks.ts';
import { numberFormat, percentFormat } from '../../src/drawing/layouts/number-format.ts';
import { pictureRows } from '../../src/drawing/layouts/picture-rows.ts';

test('a number counts with its signs, its decimals and its digits', () => {
  const half = (text: string, language = 'en') => {
    const count = countingNumber(text, language);
    return count && [count.before, count.write(count.value / 2), count.after];
  };
  assert.deepEqual(half('42 %'), ['', '21', ' %']);
  assert.deepEqual(half('about $1,200 a year'), ['about $', '600', ' a year']);
  assert.deepEqual(half('3.5M'), ['', '1.8', 'M']);
  assert.deepEqual(half('1.200.000 €', 'de'), ['', '600.000', ' €']);
  assert.deepEqual(half('12 345,6', 'fr'), ['', '6 172,8', '']);
  assert.deepEqual(half('1.500', 'de'), ['', '750', '']);
  assert.deepEqual(half('1.500', 'en'), ['', '0.750', '']);
  assert.deepEqual(half('٤٢٪', 'ar'), ['', '٢١', '٪']);
  assert.equal(half('version 1.2.3'), undefined);
  assert.equal(half('no number'), undefined);
});

test('at its end a number is written exactly as it was given', () => {
  for (const text of ['007', '1,234.50', '12’345', '٣٫٥', '1 000 000']) {
    const count = countingNumber(text, 'en');
    assert.equal(count?.write(count.value), text);
  }
});

test('axes have round numbers around every value', () => {
  const ticks = (values: number[], withZero = true) => niceScale(values, { withZero, most: 5 }).ticks;
  assert.deepEqual(ticks([3, 97]), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(ticks([-3, 7]), [-5, 0, 5, 10]);
  assert.deepEqual(ticks([0.1, 0.3]), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticks([98, 101], false), [98, 99, 100, 101]);
  assert.deepEqual(ticks([0, 0]), [0, 0.2, 0.4, 0.6, 0.8, 1]);
});

test('numbers of charts are written as the language does', () => {
  const write = (values: number[], language: string, unit: string) =>
    numberFormat(values, { language, unit })(values[0] ?? 0);
  assert.equal(write([1234.5], 'en', ''), '1,234.5');
  assert.equal(write([1234.5], 'de', '€'), '1.234,5\u00a0€');
  assert.equal(write([42], 'en', '%'), '42%');
  assert.equal(write([42], 'de', '%'), '42\u00a0%');
  assert.equal(write([2_500_000], 'en', ''), '2.5M');
  assert.equal(write([-0], 'en', 'km'), '0\u00a0km');
});

test('shares are written as the language does, and none that is there as nothing', () => {
  assert.equal(percentFormat('en')(0.448), '45%');
  assert.equal(percentFormat('de')(0.448), '45\u00a0%');
  assert.equal(percentFormat('en')(0.004), '0.4%');
  assert.equal(percentFormat('en')(0), '0%');
});

test('columns share a width by what is in them', () => {
  const needs = [
    { natural: 100, smallest: 50 },
    { natural: 300, smallest: 50 },
  ];
  assert.deepEqual(columnWidths(needs, 500), [150, 350]);
  assert.deepEqual(columnWidths(needs, 250), [75, 175]);
  assert.deepEqual(columnWidths(needs, 80), [40, 40]);
});

test('light goes from one place in the code to the next without a dark line between', () => {
  const moment = { before: { from: 1, to: 4 }, after: { from: 2, to: 6 }, progress: 0.25 };
  assert.deepEqual(litRows(moment, 8), [
    { from: 0, to: 1, light: 0 },
    { from: 1, to: 2, light: 0.75 },
    { from: 2, to: 4, light: 1 },
    { from: 4, to: 6, light: 0.25 },
    { from: 6, to: 8, light: 0 },
  ]);
});

test('after lines of code were lit, light comes back to all of it', () => {
  const rowsOf = ({ from, to }: { from: number; to: number }) =>
    from === 1 && to === 4 ? undefined : { from: from - 1, to };
  const focus = [
    { from: 2, to: 2, startSeconds: 1 },
    { from: 1, to: 4, startSeconds: 3 },
  ];
  const lightsAt = (seconds: number) => litRows(focusAt(focus, rowsOf, seconds), 4).map(({ light }) => light);
  assert.deepEqual(lightsAt(0), [1]);
  assert.deepEqual(lightsAt(2.9), [0, 1, 0]);
  assert.deepEqual(lightsAt(3), [0, 1, 0]);
  assert.deepEqual(lightsAt(4), [1, 1, 1]);
});

test('any number of pictures fills its region in rows of cells shaped like pictures', () => {
  const region = { x: 0, y: 0, width: 1600, height: 700 };
  for (let count = 2; count <= 9; count++) {
    const cells = pictureRows(count, { region, gap: 20, below: 40 });
    assert.equal(cells.length, count);
    for (const { x, y, width, height } of cells) {
      assert.ok(x >= 0 && y >= 0 && x + width <= 1600.01 && y + height + 40 <= 700.01);
      assert.ok(width / height > 0.7 && width / height < 3, `${count}: ${width / height}`);
    }
  }
});
