import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { largestZoom } from '../../src/drawing/index.ts';
import { isOpaque } from '../../src/media/opaque-picture.ts';
import { preparePicture } from '../../src/media/prepare-picture.ts';
import { plainPicture } from '../drawing/rendered.ts';

const canvas = { width: 320, height: 180 };

test('a large picture is made just large enough to cover the canvas at its largest zoom', () => {
  const prepared = preparePicture(plainPicture('#40a060', { width: 3000, height: 900 }), canvas);
  assert.ok(prepared.height >= canvas.height * largestZoom && prepared.height < canvas.height * 1.25);
  assert.ok(Math.abs(prepared.width / prepared.height - 3000 / 900) < 0.02);
});

test('a small picture keeps its size and its pixels, and is known to be opaque when no pixel lets anything through', () => {
  const small = plainPicture('#336699', { width: 30, height: 20 });
  for (const known of [undefined, { isOpaque: true }]) {
    const prepared = preparePicture(small, canvas, known);
    assert.ok(isOpaque(prepared));
    assert.deepEqual([prepared.width, prepared.height], [30, 20]);
    const copy = createCanvas(30, 20);
    copy.getContext('2d').drawImage(prepared, 0, 0);
    assert.deepEqual(copy.data(), small.data());
  }
});

test('a large opaque picture has the same pixels whether it was known to be opaque or not', () => {
  const large = plainPicture('#336699', { width: 900, height: 700 });
  large.getContext('2d').fillText('Aura', 40, 40);
  const pixels = [undefined, { isOpaque: true }].map((known) => {
    const prepared = preparePicture(large, canvas, known);
    const copy = createCanvas(prepared.width, prepared.height);
    copy.getContext('2d').drawImage(prepared, 0, 0);
    return copy.data();
  });
  assert.deepEqual(pixels[0], pixels[1]);
});

test('one pixel that is not quite opaque is enough to keep a small picture as it was', () => {
  const small = plainPicture('#000000', { width: 30, height: 20 });
  const context = small.getContext('2d');
  context.clearRect(29, 19, 1, 1);
  context.fillStyle = 'rgba(0, 0, 0, 0.99)';
  context.fillRect(29, 19, 1, 1);
  assert.equal(preparePicture(small, canvas), small);
  assert.ok(!isOpaque(small));
});

test('fine lines become their mean, not a pattern, and see-through stays see-through', () => {
  const lines = createCanvas(3000, 3000);
  const context = lines.getContext('2d');
  context.fillStyle = '#ffffff';
  for (let x = 0; x < 3000; x += 4) context.fillRect(x, 0, 2, 3000);
  const prepared = preparePicture(lines, canvas);
  const drawn = createCanvas(prepared.width, prepared.height);
  drawn.getContext('2d').drawImage(prepared, 0, 0);
  const { data } = drawn.getContext('2d').getImageData(40, 40, 200, 100);
  for (let at = 3; at < data.length; at += 4) assert.ok(Math.abs((data[at] ?? 0) - 128) < 12, `${data[at]}`);
});
