import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highlightCode } from '../../src/pipeline/highlight-code.ts';

const code = {
  language: 'ts',
  text: 'const sky = await forecast("here"); // tomorrow\nreturn sky.rain > 0.5;',
};

test('code has the same colours on a machine so slow that seconds pass within a line', async (t) => {
  const expected = await highlightCode(code);
  assert.ok(new Set(expected.flat().map(({ kind }) => kind)).size > 3);
  let now = 0;
  t.mock.method(Date, 'now', () => {
    now += 10_000;
    return now;
  });
  assert.deepEqual(await highlightCode(code), expected);
});
