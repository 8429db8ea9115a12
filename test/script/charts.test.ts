import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { numberReader } from '../../src/script/chart-number.ts';
import { parseScript } from '../../src/script/index.ts';
import { expectMistake } from './expect-mistake.ts';

describe('charts', () => {
  test('the first column are labels, the others series', () => {
    const script =
      '| Year | Lamps | Bulbs |\n|---|---|---|\n| 2024 | 12 % | 1.5% |\n| 2025 | −3 % | 1,200 % |';
    const chartOf = (kind: string) =>
      parseScript(`## A\n\n<!-- chart: ${kind} -->\n\n${script}\n\nHi.`).scenes[0]?.chart;
    for (const kind of ['bar', 'line']) {
      assert.deepEqual(chartOf(kind), {
        kind,
        labels: ['2024', '2025'],
        series: [
          { name: 'Lamps', values: [12, -3] },
          { name: 'Bulbs', values: [1.5, 1200] },
        ],
        unit: '%',
      });
    }
  });

  test('numbers are read as the language writes them', () => {
    const cases: readonly (readonly [language: string, text: string, value: number, unit: string])[] = [
      ['en', '1,234.5', 1234.5, ''],
      ['en', '1,23,456', 123_456, ''],
      ['en', '.5', 0.5, ''],
      ['en', '-$5', -5, '$'],
      ['en', '€ 12', 12, '€'],
      ['en', '12 t CO2', 12, 't CO2'],
      ['en', '5 °C', 5, '°C'],
      ['de', '12.500,5 €', 12_500.5, '€'],
      ['de', '1.200', 1200, ''],
      ['fr', '1\u202f234,5', 1234.5, ''],
      ['de-CH', '1’200.5', 1200.5, ''],
      ['ar', '١٢٫٥', 12.5, ''],
      ['hi', '१२', 12, ''],
      ['ja', '12億', 12, '億'],
      ['en-abcdefgh-12', '5.5', 5.5, ''],
    ];
    for (const [language, text, value, unit] of cases) {
      assert.deepEqual(numberReader(language)(text), { value, unit }, `${language}: ${text}`);
    }
    for (const text of [
      '',
      'abc',
      '3-4',
      '2024-05',
      '12.',
      '1.2.3',
      '(12)',
      '1/2',
      'm²',
      '12,5',
      '9'.repeat(17),
    ]) {
      const reading = numberReader('en')(text);
      assert.ok('problem' in reading, text);
      assert.match(reading.problem, /no number in en; write one like 12\.5/);
    }
  });

  test('mistakes are told at their cell', () => {
    const refuse = (rows: string, at: readonly [number, number], message: RegExp, kind = 'bar') =>
      expectMistake(`<!-- chart: ${kind} -->\n\n| a | b |\n|---|---|\n${rows}`, { at, message });
    refuse('| x | 12,5 |', [5, 7], /"12,5" is no number in en; write one like 12\.5/);
    refuse('| x | 1 |\n| y | |', [6, 5], /a number in each row; this cell is empty/);
    refuse('| x | 5 % |\n| y | 3 |', [6, 7], /"3" and "5 %" in line 5 have not the same unit/);
    refuse('| x | $5 k |', [5, 7], /a unit before and behind it/);
    refuse('| x | 5 kilometres per hour |', [5, 7], /more than 12 characters/);
    refuse('| x | -5 |', [5, 7], /a pie shows parts of a whole/, 'pie');
    refuse('', [3, 1], /no rows/);
    refuse('| x | 1 |\n'.repeat(25), [3, 1], /at most 24 rows/);
    expectMistake('---\nlanguage: de\n---\n<!-- chart: bar -->\n\n| a | b |\n|---|---|\n| x | 1.5 |', {
      at: [8, 7],
      message: /no number in de; write one like 12,5/,
    });
    expectMistake('<!-- chart: bar -->\n\n| a |\n|---|\n| x |', {
      at: [3, 1],
      message: /a column of numbers/,
    });
    expectMistake('<!-- chart: pie -->\n\n| a | b | c |\n|---|---|---|\n| x | 1 | 2 |', {
      at: [3, 1],
      message: /a pie shows one column/,
    });
    expectMistake('<!-- chart: bar -->\n\nHi.', {
      at: [1, 6],
      message: /draws a table, and the scene has none/,
    });
  });
});
