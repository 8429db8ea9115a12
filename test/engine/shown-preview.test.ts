import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newestPreview, type ShownPreview } from '../../src/engine/shown-preview.ts';

const shown: ShownPreview = { path: '/a.jpg', shownAt: 100_000 };

it('is the first picture at once, and another after two seconds', () => {
  assert.deepEqual(newestPreview(undefined, '/a.jpg', 100_000), shown);
  assert.deepEqual(newestPreview(shown, '/b.jpg', 101_999), shown);
  assert.deepEqual(newestPreview(shown, '/b.jpg', 102_000), { path: '/b.jpg', shownAt: 102_000 });
});

it('stays where there is no other', () => {
  assert.equal(newestPreview(undefined, null, 100_000), undefined);
  assert.deepEqual(newestPreview(shown, null, 900_000), shown);
  assert.deepEqual(newestPreview(shown, '/a.jpg', 900_000), shown);
});

it('does not wait for the hour for which a clock was set back', () => {
  assert.deepEqual(newestPreview({ ...shown, shownAt: 3_700_000 }, '/b.jpg', 100_000)?.path, '/b.jpg');
});
