import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { drawEntering, type EnteringLayer } from '../../src/drawing/enter.ts';
import { type TextMotion, textMotions } from '../../src/protocol/index.ts';
import { entrance, pointAppearance } from '../../src/timeline/index.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import { type Box, boxOfPixels, type Rendered } from './rendered.ts';

/** Two lines of two words of 10 letters each, all of it one white block of 200 x 40 pixels. */
function block(direction: 'ltr' | 'rtl'): EnteringLayer {
  const layer = createCanvas(200, 40);
  const context = layer.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, 200, 40);
  const ends = Array.from({ length: 20 }, (_, index) => (index + 1) * 10);
  const letterEnds = direction === 'ltr' ? ends : ends.map((end) => 200 - end);
  const line = { direction, gaps: [100], letterEnds };
  return {
    layer,
    x: 20,
    y: 30,
    lines: [
      { ...line, top: 0, bottom: 20 },
      { ...line, top: 20, bottom: 40 },
    ],
  };
}

function drawn(layer: EnteringLayer, motion: TextMotion, shown: number, opacity = 1): Rendered {
  const canvas = createCanvas(240, 120);
  drawEntering(canvas.getContext('2d'), layer, { shown, opacity, motion, distance: 20 });
  return { width: 240, height: 120, data: new Uint8Array(canvas.data()) };
}

function seen(layer: EnteringLayer, motion: TextMotion, shown: number): Box | undefined {
  return boxOfPixels(drawn(layer, motion, shown), (red, _, __) => red > 0);
}

for (const motion of textMotions) {
  test(`${motion}: nothing before it begins, everything in its place once it is in`, () => {
    assert.equal(seen(block('ltr'), motion, 0), undefined);
    assert.deepEqual(drawn(block('ltr'), motion, 1).data, drawn(block('ltr'), 'none', 1).data);
    assert.deepEqual(seen(block('ltr'), motion, 1), { left: 20, top: 30, right: 220, bottom: 70 });
    assert.equal(seen({ ...block('ltr'), lines: [] }, motion, 0.5) === undefined, false);
  });

  test(`${motion}: more is seen with every step`, () => {
    let before = -1;
    for (let step = 0; step <= 20; step++) {
      const { data } = drawn(block('ltr'), motion, step / 20);
      let light = 0;
      for (let at = 3; at < data.length; at += 4) light += data[at] ?? 0;
      assert.ok(light >= before, `step ${step}`);
      before = light;
    }
  });
}

test('typewriter: letter by letter, from the side where one begins to read, line after line', () => {
  assert.deepEqual(seen(block('ltr'), 'typewriter', 0.26), { left: 20, top: 30, right: 120, bottom: 50 });
  assert.deepEqual(seen(block('rtl'), 'typewriter', 0.26), { left: 120, top: 30, right: 220, bottom: 50 });
  assert.deepEqual(seen(block('ltr'), 'typewriter', 0.8), { left: 20, top: 30, right: 220, bottom: 70 });
});

test('stagger: the first word is up before the last one begins', () => {
  const early = seen(block('ltr'), 'stagger', 0.1);
  assert.ok(early && early.right <= 120 && early.bottom <= 50 + 20);
  assert.equal(seen(block('rtl'), 'stagger', 0.1)?.left, 120);
});

test('a text takes as long to be typed as it has letters; in the first frame of a video words are there', () => {
  const heading = 'Thirty-five letters take one second';
  const points = ['One', 'Two'];
  const timings = textMotions.map((textMotion) => {
    const scene = { id: 'b', heading, points, textMotion, durationSeconds: 4 };
    const { scenes } = timelineOf([{ ...scene, id: 'a' }, scene]);
    const [first, later] = scenes;
    assert.ok(first && later);
    const length = ({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }): number =>
      Math.round((endSeconds - startSeconds) * 100) / 100;
    const starts = later.points.map((point) => pointAppearance(later, point).startSeconds);
    return {
      textMotion,
      first: length(entrance(first, 30)),
      later: length(entrance(later, 30)),
      together: starts[0] === starts[1],
    };
  });
  assert.deepEqual(timings, [
    { textMotion: 'rise', first: 0, later: 0.6, together: true },
    { textMotion: 'fade', first: 0, later: 0.6, together: true },
    { textMotion: 'typewriter', first: 1, later: 1, together: false },
    { textMotion: 'stagger', first: 0.95, later: 0.95, together: false },
    { textMotion: 'none', first: 0, later: 0, together: true },
  ]);
});
