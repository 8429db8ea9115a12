import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import { facesOf } from '../../src/drawing/faces.ts';
import { themes } from '../../src/drawing/index.ts';
import { freeRegion } from '../../src/drawing/layouts/free-region.ts';
import { layOutScene, type SceneLayout } from '../../src/drawing/scene-layout.ts';
import './rendered.ts';

const wide = { width: 1920, height: 1080 };
const usualSize = (themes.midnight.type.pointSize * wide.height) / 1000;

function layoutOf(points: readonly string[], canvas = wide): SceneLayout {
  const metrics = canvasMetrics(canvas);
  return layOutScene(createCanvas(1, 1).getContext('2d'), {
    scene: {
      layout: 'content',
      heading: 'What is in the box',
      points: points.map((text) => ({ text, revealSeconds: 1 })),
    },
    region: freeRegion({ metrics, hasCaptions: true }),
    ground: 'backdrop',
    theme: themes.midnight,
    metrics,
    faces: facesOf('en', themes.midnight.fonts),
  });
}

const sizeOf = ({ points }: SceneLayout): number => points[0]?.block.style.size ?? 0;

test('few short points are large and fill the place above the captions, many are smaller', () => {
  const few = layoutOf(['The lamp', 'No app, no account', 'Five screws']);
  assert.ok(sizeOf(few) > 1.35 * usualSize);
  const { caption, marginTop } = canvasMetrics(wide);
  const { top = 0, bottom = 0 } = few.bounds ?? {};
  assert.ok(bottom - top > 0.8 * (caption.boxTop - marginTop) && bottom < caption.boxTop);
  const many = layoutOf(Array.from({ length: 12 }, (_, index) => `Point ${index}`));
  assert.ok(sizeOf(many) < usualSize);
  assert.ok((many.bounds?.bottom ?? 0) < caption.boxTop);
});

test('on a wide canvas a point does not grow into a second line', () => {
  const long = layoutOf(['Choose night mode, and the longest time it offers', 'Short']);
  assert.ok(sizeOf(long) >= usualSize && sizeOf(long) < 1.3 * usualSize);
  assert.deepEqual(
    long.points.map(({ block }) => block.lines.length),
    [1, 1],
  );
});

test('a tall canvas keeps room around its points', () => {
  const tall = { width: 1080, height: 1920 };
  const { bounds } = layoutOf(['One', 'Two', 'Three'], tall);
  assert.ok(bounds && bounds.top > 0.12 * tall.height && bounds.bottom < 0.6 * tall.height);
});
