import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScript, referencedFiles } from '../../src/script/index.ts';
import { offsetOf, pictureMarkdown, withInserted } from '../../src/web/new-video/text-edit.ts';

test('a place is found by line and column, and never beyond the text', () => {
  assert.equal(offsetOf('ab\ncd\n', { line: 2, column: 2 }), 4);
  assert.equal(offsetOf('ab\ncd\n', { line: undefined, column: undefined }), 0);
  assert.equal(offsetOf('ab', { line: 9, column: 9 }), 2);
});

test('an inserted paragraph stands by itself, after the line of the cursor', () => {
  assert.equal(withInserted('one\ntwo\n\nthree\n', 1, 'X'), 'one\n\nX\n\ntwo\n\nthree\n');
  assert.equal(withInserted('one\n', undefined, 'X'), 'one\n\nX\n');
  assert.equal(withInserted('', 0, 'X'), 'X\n');
});

for (const name of [
  'sea.png',
  'my picture (1).png',
  'a<b>c.png',
  'square [brackets] & 100% *stars*.png',
  'back\\slash.png',
  '海.png',
]) {
  test(`a picture called ${name} is found again under its name`, () => {
    const script = withInserted('# Title\n\nWords.\n', undefined, pictureMarkdown(name));
    assert.equal(parseScript(script).scenes[0]?.picture?.source, name);
    assert.deepEqual(referencedFiles(script), [{ source: name, kind: 'picture' }]);
  });
}
