import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import { logoBox } from '../../src/drawing/index.ts';
import type { CompositionInput } from '../../src/protocol/index.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import { boxOfDifference, boxOfPixels, dotPicture, pixelAt, plainPicture, render } from './rendered.ts';

type LogoInput = NonNullable<NonNullable<CompositionInput['brand']>['logo']>;

const sizes = [
  { width: 640, height: 360 },
  { width: 360, height: 640 },
  { width: 400, height: 400 },
  { width: 64, height: 64 },
];
const positions = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
const green = plainPicture('#00ff00', { width: 60, height: 20 });

function brandedWith(logo: Partial<LogoInput>, settings: Partial<CompositionInput> = {}) {
  const brand = { logo: { source: 'logo', ...logo } };
  const scene = { id: 'a', heading: 'A heading', narration: [{ text: 'Some words are spoken here.' }] };
  return timelineOf([scene], { brand, ...settings });
}

for (const video of sizes) {
  for (const position of positions) {
    test(`${video.width}x${video.height} ${position}: whole, in its corner, away from words and captions`, () => {
      const timeline = brandedWith({ position }, { video });
      const frame = render(timeline, 20, new Map([['logo', green]]));
      const isGreen = (red: number, green: number, blue: number): boolean =>
        red < 60 && green > 200 && blue < 60;
      const seen = boxOfPixels(frame, isGreen);
      const box = logoBox(timeline);
      assert.ok(seen !== undefined && box !== undefined);
      assert.ok(Math.abs(seen.bottom - seen.top - 0.07 * Math.min(video.width, video.height)) <= 2);
      assert.equal(position.endsWith('left'), seen.left < video.width / 2);
      assert.equal(position.startsWith('top'), seen.top < video.height / 2);
      assert.ok(seen.left >= box.x - 1 && seen.right <= box.x + box.width + 1);
      const { marginTop, contentBottom, caption } = canvasMetrics(timeline);
      if (position.startsWith('top')) assert.ok(marginTop >= box.y + box.height);
      else assert.ok(Math.max(contentBottom, caption.boxBottom) <= box.y || video.height > video.width);
    });
  }
}

test('a watermark lets through what is under it', () => {
  const frame = render(brandedWith({ opacity: 0.5 }), 20, new Map([['logo', green]]));
  const box = logoBox(brandedWith({ opacity: 0.5 }));
  assert.ok(box !== undefined);
  const [, level] = pixelAt(frame, box.x + box.width - 20, box.y + box.height / 2);
  assert.ok(level > 110 && level < 190, String(level));
});

test('a very wide logo keeps its shape within its place', () => {
  const wide = plainPicture('#00ff00', { width: 900, height: 30 });
  const video = { width: 640, height: 360 };
  const frame = render(brandedWith({ position: 'top-left' }, { video }), 20, new Map([['logo', wide]]));
  const seen = boxOfPixels(frame, (red, level, blue) => red < 120 && level > 150 && blue < 120);
  assert.ok(seen !== undefined);
  const [width, height] = [seen.right - seen.left, seen.bottom - seen.top];
  assert.ok(Math.abs(width / height - 30) < 12, `${width} x ${height}`);
});

test('over pictures of its own colour it is still seen', () => {
  const brand = { logo: { source: 'logo' } };
  const picture = { source: 'p', motion: 'none' as const };
  const video = { width: 640, height: 360 };
  const timeline = timelineOf([{ id: 'a', picture, durationSeconds: 2 }], { brand, video });
  const white = plainPicture('#ffffff', { width: 60, height: 20 });
  const pictures = new Map([
    ['logo', white],
    ['p', plainPicture('#ffffff')],
  ]);
  const box = logoBox(timeline);
  assert.ok(box !== undefined);
  const frame = render(timeline, 20, pictures);
  const [level] = pixelAt(frame, box.x + box.width + 2, box.y + box.height / 2);
  assert.ok(level < 148, `beside it ${level}`);
  assert.deepEqual(pixelAt(frame, 5, 200), [255, 255, 255]);
});

test('the last card shows the logo large, not twice', () => {
  const brand = { logo: { source: 'logo', position: 'top-left' as const } };
  const dot = dotPicture({ width: 60, height: 60, radius: 20 });
  const video = { width: 640, height: 360 };
  const end = { id: 'a', layout: 'end' as const, heading: 'The end', durationSeconds: 2 };
  const withLogo = render(timelineOf([end], { brand, video }), 50, new Map([['logo', dot]]));
  const without = render(timelineOf([end], { video }), 50);
  const different = boxOfDifference(withLogo, without);
  assert.ok(different !== undefined && different.left > video.width / 5);
});

test('without its picture the frame fails', () => {
  assert.throws(() => render(brandedWith({}), 0), { code: 'picture_missing' });
});

test('the shade around a large logo leaves the words below it as they are', () => {
  const video = { width: 640, height: 360 };
  const scenes = [
    { id: 'a', picture: { source: 'sea' }, durationSeconds: 1 },
    { id: 'b', heading: 'A heading', points: ['A point'], durationSeconds: 3 },
  ];
  const timeline = timelineOf(scenes, {
    video,
    brand: { logo: { source: 'logo', position: 'top-left', height: 0.2 } },
  });
  const sea = plainPicture('#4080c0', video);
  const frameWith = (logo: string) =>
    render(
      timeline,
      timeline.frameCount - 30,
      new Map([
        ['sea', sea],
        ['logo', plainPicture(logo, { width: 60, height: 60 })],
      ]),
    );
  const changed = boxOfDifference(frameWith('#ffffff'), frameWith('rgba(0, 0, 0, 0)'));
  const { marginTop } = canvasMetrics(timeline);
  assert.ok(changed !== undefined && changed.bottom > 0.2 * video.height);
  assert.ok(changed.bottom <= marginTop, `down to ${changed.bottom}, words begin at ${marginTop}`);
});
