import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placePicture } from '../../src/drawing/ken-burns.ts';
import { fits, pictureMotions } from '../../src/protocol/index.ts';
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

test('a movement begins and ends slower than it goes in between', () => {
  for (const motion of pictureMotions.filter((each) => each !== 'none')) {
    const at = (progress: number) =>
      placePicture(
        {
          picture: { width: 4000, height: 3000 },
          box: { width: 1920, height: 1080 },
          covers: true,
          focus: undefined,
        },
        { motion, direction: 0, progress, seconds: 6 },
      );
    // Left edge, top edge and width all move; the farthest of them counts.
    const step = (from: number): number => {
      const [a, b] = [at(from), at(from + 0.05)];
      return Math.hypot(b.x - a.x, b.y - a.y, b.width - a.width);
    };
    const [first, middle, last] = [step(0), step(0.475), step(0.95)];
    assert.ok(first < 0.75 * middle && last < 0.75 * middle, `${motion}: ${first}, ${middle}, ${last}`);
    assert.ok(first > 0.3 * middle && last > 0.3 * middle, `${motion} stands at its ends`);
  }
});

test('a picture without motion stands still', () => {
  const timeline = timelineOf([{ id: 'a', picture: { source: 'p', motion: 'none' }, durationSeconds: 4 }], {
    video: { width: 640, height: 360 },
  });
  const dot = new Map([['p', dotPicture({ width: 700, height: 400, radius: 24 })]]);
  assert.deepEqual(render(timeline, 0, dot).data, render(timeline, 100, dot).data);
});

const focuses = [undefined, { x: 0, y: 0 }, { x: 0.1, y: 0.9 }, { x: 0.5, y: 0.02 }, { x: 1, y: 0.4 }];
const near = 1e-6;

test('whatever moves how, a picture that covers leaves no gap, a whole one is whole, and a focus is seen', () => {
  let checked = 0;
  for (const box of canvases) {
    for (const picture of pictures) {
      for (const motion of pictureMotions) {
        for (const focus of focuses) {
          for (const seconds of [0.5, 6, 40]) {
            for (const progress of [0, 0.2, 0.5, 0.9, 1]) {
              const move = { motion, direction: 1, progress, seconds };
              const over = placePicture({ picture, box, covers: true, focus }, move);
              assert.ok(over.x <= near && over.x + over.width >= box.width - near, motion);
              assert.ok(over.y <= near && over.y + over.height >= box.height - near, motion);
              const seen = focus ?? { x: 0.5, y: 0.5 };
              const [x, y] = [over.x + seen.x * over.width, over.y + seen.y * over.height];
              if (focus !== undefined) {
                assert.ok(x >= -near && x <= box.width + near, `${motion}: the focus is at ${x}`);
                assert.ok(y >= -near && y <= box.height + near, `${motion}: the focus is at ${y}`);
              }
              const whole = placePicture({ picture, box, covers: false, focus }, move);
              assert.ok(whole.x >= -near && whole.x + whole.width <= box.width + near, motion);
              assert.ok(whole.y >= -near && whole.y + whole.height <= box.height + near, motion);
              checked++;
            }
          }
        }
      }
    }
  }
  assert.equal(checked, 3 * 4 * 8 * 5 * 3 * 5);
});

/** Each axis: how far a feature goes, and by how much its speed changes from one frame to the next, at most, in pixels. */
function movement(places: readonly { x: number; y: number }[]): { travelled: number; jerk: number } {
  let jerk = 0;
  for (const axis of ['x', 'y'] as const) {
    for (const [index, place] of places.entries()) {
      const [before, after] = [places[index - 1], places[index + 1]];
      if (before === undefined || after === undefined) continue;
      jerk = Math.max(jerk, Math.abs(after[axis] - 2 * place[axis] + before[axis]));
    }
  }
  const [first, last] = [places[0], places.at(-1)];
  assert.ok(first && last);
  return { travelled: Math.hypot(last.x - first.x, last.y - first.y), jerk };
}

for (const motion of pictureMotions) {
  for (const fit of fits) {
    for (const fps of [24, 60] as const) {
      test(`${motion}, ${fit}, ${fps} frames a second: every frame is a fraction of a pixel on, without jitter`, () => {
        const background = { kind: 'color', color: '#000000' } as const;
        const scene = { id: 'a', picture: { source: 'p', motion, fit }, background, durationSeconds: 4 };
        const timeline = timelineOf([scene], { video: { width: 320, height: 180, fps } });
        // Off the middle, so that a zoom moves it too.
        const picture = new Map([
          ['p', dotPicture({ width: 400, height: 300, radius: 36, x: 0.66, y: 0.36 })],
        ]);
        const places = Array.from({ length: 24 }, (_, index) =>
          centroid(render(timeline, 30 + index, picture)),
        );
        const { travelled, jerk } = movement(places);
        assert.ok(jerk < 0.08, `its speed changes by ${jerk} pixels a frame`);
        if (motion === 'none') assert.equal(travelled, 0);
        else assert.ok(travelled > 0.15, `it moved by only ${travelled} pixels`);
      });
    }
  }
}
