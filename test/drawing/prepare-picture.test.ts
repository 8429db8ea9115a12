import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { largestZoom } from '../../src/drawing/index.ts';
import { preparePicture } from '../../src/media/prepare-picture.ts';
import { plainPicture } from './rendered.ts';

const canvas = { width: 320, height: 180 };

test('a large picture is made just large enough to cover the canvas at its largest zoom', () => {
  const prepared = preparePicture(plainPicture('#40a060', { width: 3000, height: 900 }), canvas);
  assert.ok(prepared.height >= canvas.height * largestZoom && prepared.height < canvas.height * 1.25);
  assert.ok(Math.abs(prepared.width / prepared.height - 3000 / 900) < 0.02);
});

test('a small picture is not touched', () => {
  const small = plainPicture('#40a060', { width: 300, height: 200 });
  assert.equal(preparePicture(small, canvas), small);
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
