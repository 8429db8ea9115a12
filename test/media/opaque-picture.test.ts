import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { isOpaque, opaqueIfPossible } from '../../src/media/opaque-picture.ts';

test('a picture is known to be opaque when no pixel lets anything through', () => {
  const canvas = createCanvas(30, 20);
  const context = canvas.getContext('2d');
  context.fillStyle = '#336699';
  context.fillRect(0, 0, 30, 20);
  const opaque = opaqueIfPossible(canvas);
  assert.ok(isOpaque(opaque));
  assert.deepEqual([opaque.width, opaque.height], [30, 20]);
  const copy = createCanvas(30, 20);
  copy.getContext('2d').drawImage(opaque, 0, 0);
  assert.deepEqual(copy.data(), canvas.data());
});

test('one pixel that is not quite opaque is enough to keep the picture as it was', () => {
  const canvas = createCanvas(30, 20);
  const context = canvas.getContext('2d');
  context.fillRect(0, 0, 30, 20);
  context.clearRect(29, 19, 1, 1);
  context.fillStyle = 'rgba(0, 0, 0, 0.99)';
  context.fillRect(29, 19, 1, 1);
  assert.equal(opaqueIfPossible(canvas), canvas);
  assert.ok(!isOpaque(canvas));
});
