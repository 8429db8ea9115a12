import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { type Box, bottomOf, rightOf } from '../../src/drawing/box.ts';
import { freeRegion } from '../../src/drawing/layouts/free-region.ts';
import type { ScenePart, SceneRequest } from '../../src/drawing/layouts/index.ts';
import { prepareScene } from '../../src/drawing/prepared-scene.ts';
import { layoutNames } from '../../src/protocol/index.ts';
import {
  amounts,
  canvasSizes,
  type LayoutCase,
  requestOf,
  rulerSurface,
  shownLayouts,
} from './layout-cases.ts';
import { boxOfPixels, type Rendered } from './rendered.ts';

const cases: LayoutCase[] = shownLayouts.flatMap((shown) =>
  canvasSizes.flatMap((size) => amounts.map((amount) => ({ ...shown, size, amount }))),
);
const nameOf = ({ layout, chart = 'bar', size, amount }: LayoutCase): string =>
  `${layout} ${chart}, ${amount}, ${size.width}x${size.height}`;

const prepared = cases.map((each) => {
  const request = requestOf(each);
  return { each, request, ...prepareScene(rulerSurface(), request) };
});

/** Boxes are on whole pixels here and there. */
const slack = 2;
/** Letters lean a little out of their boxes. */
const overhang = 5;

test('nothing leaves the safe margins, and captions have their place', () => {
  for (const { each, request, parts, visuals } of prepared) {
    const region = freeRegion(request);
    for (const { name, box } of parts) expectInside(box, region, `${name} of ${nameOf(each)}`);
    for (const { box } of visuals) expectVisualInside(box, request, nameOf(each));
  }
});

test('nothing covers anything else, words keep out of pictures that are beside them', () => {
  for (const { each, request, parts, visuals } of prepared) {
    const beside = visuals.filter(({ box }) => box.width * box.height < 0.6 * area(request.metrics));
    const boxes = [
      ...parts.filter(({ isGround }) => !isGround),
      ...beside.map(({ box, key }) => ({ name: key, box })),
    ];
    for (const [index, one] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        assert.ok(!overlap(one.box, other.box), `${one.name} and ${other.name} of ${nameOf(each)}`);
      }
    }
  }
});

test('what is drawn at the end is within the margins, and all of it is there', () => {
  for (const { each, request, parts } of prepared) {
    const region = freeRegion(request);
    const atSeconds = request.scene.frameCount / request.timeline.fps;
    for (const part of parts) {
      const drawn = drawPart(part, request, atSeconds);
      const ink = boxOfInk(drawn);
      assert.ok(ink, `${part.name} of ${nameOf(each)} is not there`);
      expectInside(ink, region, `ink of ${part.name} of ${nameOf(each)}`, overhang);
    }
  }
});

test('everything is at rest well before the scene ends, and stays', () => {
  for (const each of shownLayouts) {
    const layout = `${each.layout} ${each.chart ?? ''}`;
    const request = requestOf({ ...each, size: { width: 320, height: 180 }, amount: 'short' });
    const { parts } = prepareScene(rulerSurface(), request);
    const at = (seconds: number) => parts.map((part) => drawPart(part, request, seconds).data);
    const end = request.scene.frameCount / request.timeline.fps;
    assert.deepEqual(at(end - 0.2), at(end), layout);
    assert.deepEqual(at(end + 0.5), at(end), `${layout} past its end`);
  }
});

test('nothing jumps: what changes in one frame goes on changing in the next, or did before', () => {
  for (const each of shownLayouts) {
    for (const amount of ['short', 'rtl'] as const) {
      const { layout, chart = 'bar' } = each;
      const request = requestOf({ ...each, size: { width: 320, height: 180 }, amount });
      const steps = stepsOf(request);
      for (const [index, step] of steps.entries()) {
        const around = Math.max(steps[index - 1] ?? 0, steps[index + 1] ?? 0);
        const text = `${layout} ${chart}, ${amount}, into frame ${index + 1}: ${step} after and before ${around}`;
        assert.ok(step <= 2.5 * around + (layout === 'number' ? twoDigits : leastJump), text);
      }
    }
  }
});

/** In shares of the whole canvas: less than a word that pops up. */
const leastJump = 0.003;
/** A number that counts changes a digit or two, towards its end now and then. */
const twoDigits = 0.025;

/** How much each frame differs from the one before. */
function stepsOf(request: SceneRequest): number[] {
  const { drawWords } = prepareScene(rulerSurface(), request);
  const frames = Array.from(
    { length: request.scene.frameCount },
    (_, frame) =>
      drawOn(request, (context) => drawWords(context, { atSeconds: frame / 30, opacity: 1 })).data,
  );
  return frames.slice(1).map((data, index) => differenceOf(frames[index] ?? data, data));
}

test('captions at the top or in the middle push everything out of their way', () => {
  for (const position of ['top', 'middle'] as const) {
    for (const layout of layoutNames) {
      const settings = { captions: { position } };
      const request = requestOf({ layout, size: canvasSizes[1], amount: 'short', settings });
      const { boxTop, boxBottom } = request.metrics.caption;
      for (const { name, box } of prepareScene(rulerSurface(), request).parts) {
        assert.ok(bottomOf(box) <= boxTop || box.y >= boxBottom, `${name} of ${layout}, ${position}`);
      }
    }
  }
});

function expectInside(box: Box, region: Box, name: string, by = slack): void {
  const text = `${name}: ${JSON.stringify(box)} in ${JSON.stringify(region)}`;
  assert.ok(box.x >= region.x - by && rightOf(box) <= rightOf(region) + by, text);
  assert.ok(box.y >= region.y - by && bottomOf(box) <= bottomOf(region) + by, text);
}

/** A picture fills the canvas from edge to edge, or keeps some distance. */
function expectVisualInside(box: Box, { metrics }: SceneRequest, name: string): void {
  const isFull = box.y === 0 && box.height === metrics.height;
  const margin = isFull ? 0 : 0.4 * metrics.marginX;
  assert.ok(box.width > 0 && box.height > 0, name);
  assert.ok(box.x >= margin && rightOf(box) <= metrics.width - margin, name);
  assert.ok(box.y >= 0 && bottomOf(box) <= metrics.height, name);
}

function overlap(one: Box, other: Box): boolean {
  const across = Math.min(rightOf(one), rightOf(other)) - Math.max(one.x, other.x);
  const down = Math.min(bottomOf(one), bottomOf(other)) - Math.max(one.y, other.y);
  return across > slack && down > slack;
}

function area({ width, height }: { readonly width: number; readonly height: number }): number {
  return width * height;
}

type Context = Parameters<ScenePart['draw']>[0];

function drawPart(part: ScenePart, request: SceneRequest, atSeconds: number) {
  return drawOn(request, (context) => part.draw(context, { atSeconds, opacity: 1 }));
}

function drawOn({ metrics: { width, height } }: SceneRequest, draw: (context: Context) => void) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  draw(context);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** Shades fade out softly and may do so anywhere: only what can be told from nothing counts. */
function boxOfInk({ width, height, data }: ReturnType<typeof drawPart>): Box | undefined {
  const frame: Rendered = { width, height, data: new Uint8Array(data) };
  const box = boxOfPixels(frame, (_, __, ___, index) => (data[index * 4 + 3] ?? 0) > 40);
  return box && { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
}

function differenceOf(one: Uint8ClampedArray, other: Uint8ClampedArray): number {
  let sum = 0;
  for (let index = 3; index < one.length; index += 4)
    sum += Math.abs((one[index] ?? 0) - (other[index] ?? 0));
  return sum / (one.length / 4) / 255;
}
