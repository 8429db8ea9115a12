import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import { AuraError } from '../../src/protocol/index.ts';
import { planChunks, type Timeline } from '../../src/timeline/index.ts';
import { type SceneInput, timelineOf } from '../timeline/evenly-spoken.ts';
import { boxOfDifference, pixelAt, plainPicture, render } from './rendered.ts';

const video = { width: 320, height: 180, fps: 30 } as const;
const text = 'A sentence that is spoken while something is seen.';
const pictures = new Map([
  ['red', plainPicture('#d02020')],
  ['blue', plainPicture('#2020d0')],
]);

const film = (): SceneInput[] => [
  { id: 'a', layout: 'title', heading: 'A title', narration: [{ text }] },
  { id: 'b', picture: { source: 'red' }, narration: [{ text }, { text }] },
  { id: 'c', heading: 'Points', points: ['One', 'Two'], narration: [{ text }, { text, point: 1 }] },
  { id: 'd', picture: { source: 'blue' }, heading: 'Blue', narration: [{ text }] },
];

test('a frame is the same in whatever order frames are drawn, and on a fresh timeline', () => {
  const timeline = timelineOf(film(), { video });
  const frames = [0, 7, 100, 101, 180, 188, 190, 300, 480, 500, timeline.frameCount - 1];
  const forward = frames.map((frame) => render(timeline, frame, pictures).data);
  const backward = frames
    .toReversed()
    .map((frame) => render(timeline, frame, pictures).data)
    .toReversed();
  const fresh = frames.map((frame) => render(structuredClone(timeline), frame, pictures).data);
  assert.deepEqual(backward, forward);
  assert.deepEqual(fresh, forward);
});

test('chunks of equal content are equal pictures, wherever they lie in the video', () => {
  const before = timelineOf(film(), { video });
  const longer = film();
  longer[0]?.narration?.push({ text: 'And something more is said here.' });
  const after = timelineOf(longer, { video });
  const old = new Map(planChunks(before).map((chunk) => [JSON.stringify(chunk.content), chunk]));
  let compared = 0;
  for (const chunk of planChunks(after)) {
    const same = old.get(JSON.stringify(chunk.content));
    if (same === undefined) continue;
    for (let offset = 0; offset < chunk.frameCount; offset += 5) {
      const one = render(before, same.startFrame + offset, pictures);
      const other = render(after, chunk.startFrame + offset, pictures);
      assert.deepEqual(one.data, other.data, `chunk ${chunk.index}, frame ${offset}`);
      compared++;
    }
    assert.notEqual(chunk.startFrame, same.startFrame);
  }
  assert.ok(compared > 100, `${compared} frames compared`);
});

test('a fade goes evenly from one scene to the other and reaches both', () => {
  const timeline = timelineOf(
    [
      { id: 'a', picture: { source: 'red' }, durationSeconds: 2 },
      {
        id: 'b',
        picture: { source: 'blue' },
        durationSeconds: 2,
        transition: { kind: 'fade', durationSeconds: 1 },
      },
    ],
    { video },
  );
  const reds = Array.from(
    { length: 32 },
    (_, index) => pixelAt(render(timeline, 59 + index, pictures), 160, 90)[0],
  );
  assert.equal(reds[0], 0xd0);
  assert.equal(reds.at(-1), 0x20);
  for (const [index, red] of reds.entries()) {
    const step = (reds[index - 1] ?? red) - red;
    assert.ok(step >= 0 && step < 12, `frame ${59 + index} steps by ${step}`);
  }
  assert.ok(Math.abs((reds[16] ?? 0) - 0x78) < 8);
});

test('a cut changes from one frame to the next', () => {
  const timeline = timelineOf(
    [
      { id: 'a', picture: { source: 'red' }, durationSeconds: 1 },
      { id: 'b', picture: { source: 'blue' }, durationSeconds: 1, transition: { kind: 'cut' } },
    ],
    { video },
  );
  assert.deepEqual(pixelAt(render(timeline, 29, pictures), 160, 90), [0xd0, 0x20, 0x20]);
  assert.deepEqual(pixelAt(render(timeline, 30, pictures), 160, 90), [0x20, 0x20, 0xd0]);
});

test('a background of one colour and a gradient are what they say', () => {
  const timeline = timelineOf(
    [
      { id: 'a', background: { kind: 'color', color: '#123456' } },
      {
        id: 'b',
        transition: { kind: 'cut' },
        background: { kind: 'gradient', colors: ['#000000', '#ffffff'], angleDegrees: 0 },
      },
    ],
    { video },
  );
  assert.deepEqual(pixelAt(render(timeline, 10), 5, 170), [0x12, 0x34, 0x56]);
  const ramp = [1, 160, 318].map((x) => pixelAt(render(timeline, 100), x, 90)[0]);
  assert.ok((ramp[0] ?? 255) < 4 && Math.abs((ramp[1] ?? 0) - 128) < 3 && (ramp[2] ?? 0) > 251, ramp.join());
});

/** At the end of the scene, where no caption is shown any more but its place is still kept free. */
function expectAboveCaptions(timeline: Timeline, scene: SceneInput): void {
  const { width, height } = timeline;
  const bare = timelineOf([{ id: 'bare', durationSeconds: scene.durationSeconds }], {
    video: { width, height },
  });
  const last = bare.frameCount - 1;
  assert.equal(bare.frameCount, timeline.frameCount);
  const box = boxOfDifference(render(timeline, last), render(bare, last));
  const { caption } = canvasMetrics(timeline);
  assert.ok(box && box.left > width * 0.03 && box.right < width * 0.97, JSON.stringify(box));
  assert.ok(box.top > height * 0.03 && box.bottom <= caption.boxTop, JSON.stringify(box));
}

for (const [width, height] of [
  [640, 360],
  [360, 640],
  [400, 400],
] as const) {
  test(`${width}x${height}: any number of points fits above the captions`, () => {
    for (const [count, length] of [
      [1, 10],
      [6, 80],
      [20, 300],
    ] as const) {
      const points = Array.from({ length: count }, (_, index) =>
        `Point ${index} `.repeat(40).slice(0, length).trim(),
      );
      const heading = 'A heading that is quite long and goes on '.repeat(4).trim();
      const scene = { id: 'a', heading, points, narration: [{ text }], durationSeconds: 6 };
      const timeline = timelineOf([scene], { video: { width, height } });
      expectAboveCaptions(timeline, scene);
    }
  });
}

test('a point is not seen before its passage, and stays once it is', () => {
  const scene = film()[2];
  assert.ok(scene);
  const timeline = timelineOf([scene], { video });
  const other = timelineOf([{ ...scene, points: ['One', 'Six'] }], { video });
  const reveal = Math.round((timeline.scenes[0]?.points[1]?.revealSeconds ?? 0) * 30);
  const differs = (frame: number): boolean =>
    boxOfDifference(render(timeline, frame), render(other, frame)) !== undefined;
  assert.ok(reveal > 60);
  assert.ok(!differs(reveal - 1));
  assert.ok(differs(reveal + 10));
  assert.ok(differs(timeline.frameCount - 1));
});

test('the first frame of the video shows the heading; in later scenes it comes in', () => {
  const scene = { id: 'a', heading: 'A title', points: ['A point'], durationSeconds: 3 };
  const timeline = timelineOf([scene, { ...scene, id: 'b', transition: { kind: 'cut' } }], { video });
  assert.deepEqual(render(timeline, 0).data, render(timeline, 80).data);
  const later = timeline.scenes[1]?.startFrame ?? 0;
  assert.equal(later, 90);
  assert.notDeepEqual(render(timeline, later).data, render(timeline, later + 80).data);
});

test('a picture that was not loaded is an error, not a hole', () => {
  const timeline = timelineOf([{ id: 'a', picture: { source: 'lost.jpg' } }], { video });
  assert.throws(
    () => render(timeline, 0),
    (error) =>
      error instanceof AuraError && error.code === 'picture_missing' && error.message.includes('lost.jpg'),
  );
});

test('there are no frames before the first and after the last', () => {
  const timeline = timelineOf([{ id: 'a' }], { video });
  for (const frame of [-1, timeline.frameCount]) assert.throws(() => render(timeline, frame), RangeError);
});

test('it looks alike at every size: 4K is 320 x 180 enlarged', () => {
  const large = { width: 3840, height: 2160 };
  const timeline = timelineOf(film(), { video });
  const enlarged = timelineOf(film(), { video: large });
  const [small, big] = [render(timeline, 60), render(enlarged, 60)];
  for (let y = 10; y < 180; y += 20) {
    for (let x = 10; x < 320; x += 20) {
      const mean = averageColor(big, { x: x * 12 - 24, y: y * 12 - 24, side: 60 });
      const seen = averageColor(small, { x: x - 2, y: y - 2, side: 5 });
      for (const part of [0, 1, 2] as const) assert.ok(Math.abs(mean[part] - seen[part]) < 48, `${x}, ${y}`);
    }
  }
});

function averageColor(
  frame: ReturnType<typeof render>,
  at: { x: number; y: number; side: number },
): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let y = 0; y < at.side; y++) {
    for (let x = 0; x < at.side; x++) {
      const color = pixelAt(frame, at.x + x, at.y + y);
      for (const part of [0, 1, 2] as const) sum[part] += color[part] / at.side ** 2;
    }
  }
  return sum;
}
