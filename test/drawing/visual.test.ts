import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { clipKey, type DrawablePicture } from '../../src/drawing/index.ts';
import { AuraError, type CompositionInput } from '../../src/protocol/index.ts';
import type { Timeline } from '../../src/timeline/index.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import { pixelAt, plainPicture, type Rendered, render } from './rendered.ts';

const video = { width: 320, height: 180, fps: 30 } as const;
const background = { kind: 'color', color: '#104020' } as const;
type Picture = NonNullable<CompositionInput['scenes'][number]['picture']>;

function showing(picture: Omit<Picture, 'source'>): Timeline {
  const scene = { id: 'a', picture: { source: 'p', ...picture }, background, durationSeconds: 1 };
  return timelineOf([scene], { video });
}

const drawn = (timeline: Timeline, picture: DrawablePicture, frame = 0): Rendered =>
  render(timeline, frame, new Map([['p', picture]]));

const red = plainPicture('#d02020', { width: 100, height: 100 });

test('cover fills the canvas, contain leaves the background, blur leaves a darker copy', () => {
  const motion = 'none';
  assert.deepEqual(pixelAt(drawn(showing({ motion, fit: 'cover' }), red), 5, 90), [0xd0, 0x20, 0x20]);
  const contained = drawn(showing({ motion, fit: 'contain' }), red);
  assert.deepEqual(pixelAt(contained, 5, 90), [0x10, 0x40, 0x20]);
  assert.deepEqual(pixelAt(contained, 160, 90), [0xd0, 0x20, 0x20]);
  const blurred = drawn(showing({ motion, fit: 'blur' }), red);
  const [r, g, b] = pixelAt(blurred, 5, 90);
  assert.ok(r > 90 && r < 160 && g < 40 && b < 40, `${r} ${g} ${b}`);
  assert.deepEqual(pixelAt(blurred, 160, 90), [0xd0, 0x20, 0x20]);
});

test('a blurred copy has no edges: neighbouring pixels hardly differ', () => {
  const sharp = createCanvas(300, 300);
  const context = sharp.getContext('2d');
  for (let x = 0; x < 300; x += 20) {
    context.fillStyle = x % 40 === 0 ? '#ffffff' : '#000000';
    context.fillRect(x, 0, 20, 300);
  }
  const frame = drawn(showing({ motion: 'none', fit: 'blur' }), sharp);
  for (let x = 1; x < 68; x++) {
    const step = Math.abs(pixelAt(frame, x, 90)[0] - pixelAt(frame, x - 1, 90)[0]);
    assert.ok(step < 14, `${step} at ${x}`);
  }
});

test('what is transparent in a picture shows the background', () => {
  const half = createCanvas(320, 180);
  half.getContext('2d').fillStyle = '#ffffff';
  half.getContext('2d').fillRect(0, 0, 160, 180);
  const frame = drawn(showing({ motion: 'none' }), half);
  assert.deepEqual(pixelAt(frame, 80, 90), [255, 255, 255]);
  assert.deepEqual(pixelAt(frame, 240, 90), [0x10, 0x40, 0x20]);
});

test('a large picture is shrunk from all of its pixels', () => {
  const fine = createCanvas(3200, 1800);
  const context = fine.getContext('2d');
  context.fillStyle = '#ffffff';
  for (let x = 0; x < 3200; x += 2) context.fillRect(x, 0, 1, 1800);
  const frame = drawn(showing({ motion: 'none', fit: 'cover' }), fine);
  // White lines over the background are a grey between the two, anywhere.
  for (let x = 10; x < 310; x += 7) assert.ok(Math.abs(pixelAt(frame, x, 90)[0] - 0x88) < 30, `at ${x}`);
});

test('a clip shows the picture of the moment, one that is missing is an error', () => {
  const clip = { source: 'c.mp4', endSeconds: 1 };
  const timeline = timelineOf([{ id: 'a', clip, durationSeconds: 1 }], { video });
  const key = clipKey({ id: 'a' });
  const canvas = createCanvas(320, 180);
  for (const color of ['#d02020', '#2020d0'] as const) {
    canvas.getContext('2d').fillStyle = color;
    canvas.getContext('2d').fillRect(0, 0, 320, 180);
    const blue = color === '#2020d0';
    for (const fit of ['cover', 'blur'] as const) {
      const scenes = timeline.scenes.map((scene) => ({
        ...scene,
        ...(scene.clip && { clip: { ...scene.clip, fit } }),
      }));
      const frame = render({ ...timeline, scenes }, 3, new Map([[key, canvas]]));
      assert.equal(pixelAt(frame, 160, 90)[2] > 0x80, blue);
    }
  }
  assert.throws(
    () => render(timeline, 0),
    (error) => error instanceof AuraError && error.code === 'picture_missing',
  );
});
