import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placePicture } from '../../src/drawing/ken-burns.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import { dotPicture, type Rendered, render } from './rendered.ts';

const canvases = [
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
  { width: 1080, height: 1080 },
];
const pictures = [
  { width: 1920, height: 1080 },
  { width: 300, height: 4000 },
  { width: 9000, height: 500 },
  { width: 1, height: 1 },
];

test('the picture covers the canvas at every moment of every movement', () => {
  for (const canvas of canvases) {
    for (const picture of pictures) {
      for (let direction = 0; direction < 4; direction++) {
        for (let step = 0; step <= 20; step++) {
          for (const seconds of [0.1, 4, 60]) {
            const place = placePicture(
              { picture, box: canvas, covers: true, focus: undefined },
              { motion: 'ken-burns', direction, progress: step / 20, seconds },
            );
            assert.ok(place.x <= 1e-6 && place.y <= 1e-6);
            assert.ok(place.x + place.width >= canvas.width - 1e-6);
            assert.ok(place.y + place.height >= canvas.height - 1e-6);
          }
        }
      }
    }
  }
});

/** Middle of what is bright, in pixels with fractions. */
function centroid({ width, data }: Rendered): { x: number; y: number } {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let index = 0; index < data.length / 4; index++) {
    const light = data[index * 4] ?? 0;
    sum += light;
    sumX += light * (index % width);
    sumY += light * Math.floor(index / width);
  }
  return { x: sumX / sum, y: sumY / sum };
}

for (const source of ['one', 'two', 'three', 'four']) {
  test(`the drawn picture "${source}" moves by fractions of a pixel, evenly, and on under the next transition`, () => {
    const timeline = timelineOf(
      [
        { id: 'a', picture: { source }, durationSeconds: 6 },
        { id: 'b', durationSeconds: 3, transition: { kind: 'fade', durationSeconds: 1 } },
      ],
      { video: { width: 640, height: 360, fps: 30 } },
    );
    // Off the middle, so that the zoom moves it too.
    const dot = dotPicture({ width: 700, height: 400, radius: 24 });
    const places = [40, 41, 42, 43, 44, 45, 46, 47, 48, 120, 121, 122].map((frame) =>
      centroid(render(timeline, frame, new Map([[source, dot]]))),
    );
    const steps = places.slice(1).map((place, index) => {
      const before = places[index] ?? place;
      return { x: place.x - before.x, y: place.y - before.y };
    });
    const near = steps.slice(0, 8);
    for (const axis of ['x', 'y'] as const) {
      for (const [index, step] of near.entries()) {
        assert.ok(Math.abs(step[axis]) < 1, `${axis} jumps by ${step[axis]}`);
        const jerk = step[axis] - (near[index - 1] ?? step)[axis];
        assert.ok(Math.abs(jerk) < 0.03, `${axis} jitters by ${jerk}`);
      }
    }
    const travelled = Math.hypot(
      (places[9]?.x ?? 0) - (places[0]?.x ?? 0),
      (places[9]?.y ?? 0) - (places[0]?.y ?? 0),
    );
    assert.ok(travelled > 3, `moved by only ${travelled} pixels`);
    const under = [180, 190].map((frame) => centroid(render(timeline, frame, new Map([[source, dot]]))));
    assert.notDeepEqual(under[0], under[1]);
  });
}

test('a picture without motion stands still', () => {
  const timeline = timelineOf([{ id: 'a', picture: { source: 'p', motion: 'none' }, durationSeconds: 4 }], {
    video: { width: 640, height: 360 },
  });
  const dot = new Map([['p', dotPicture({ width: 700, height: 400, radius: 24 })]]);
  assert.deepEqual(render(timeline, 0, dot).data, render(timeline, 100, dot).data);
});
