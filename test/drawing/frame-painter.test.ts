import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import type { Change } from '../../src/drawing/changed-area.ts';
import { createFramePainter } from '../../src/drawing/frame-painter.ts';
import type { FrameRequest } from '../../src/drawing/index.ts';
import { isOpaque } from '../../src/media/opaque-picture.ts';
import { preparePicture } from '../../src/media/prepare-picture.ts';
import { type SceneInput, timelineOf } from '../timeline/evenly-spoken.ts';
import { render } from './rendered.ts';

const size = { width: 320, height: 180 };

const video = { ...size, fps: 24 } as const;
const photo = createCanvas(400, 225);
{
  const context = photo.getContext('2d');
  for (let x = 0; x < 400; x += 8) {
    context.fillStyle = `hsl(${x} 60% ${30 + (x % 40)}%)`;
    context.fillRect(x, 0, 8, 225);
  }
}
const pictures = new Map([['photo.png', photo]]);
/** What an export draws, and what it may leave out because of it. */
const opaquePictures = new Map([['photo.png', preparePicture(photo, photo)]]);
const fade = { kind: 'fade', durationSeconds: 0.4 } as const;

/** A resampled picture is painted whole or not at all. */
const movingName = 'a moving picture and one that rests';

const compositions = {
  'words, points and a transition': timelineOf(
    [
      {
        id: 'one',
        heading: 'Three things',
        points: ['The first', 'The second', 'The third'],
        narration: [
          { text: 'Here is one thing', point: 0 },
          { text: 'and another', point: 1 },
        ],
      },
      { id: 'two', heading: 'After it', narration: [{ text: 'All of it 👩‍👩‍👧 again' }], transition: fade },
    ],
    { video },
  ),
  [movingName]: timelineOf(
    [
      {
        id: 'one',
        picture: { source: 'photo.png' },
        heading: 'It moves',
        narration: [{ text: 'See it move' }],
      },
      {
        id: 'two',
        picture: { source: 'photo.png', motion: 'none' },
        heading: 'It rests',
        narration: [{ text: 'Now it stands quite still' }],
        transition: fade,
      },
    ],
    { video },
  ),
  'right to left': timelineOf(
    [{ id: 'one', heading: 'السماء ليلاً', narration: [{ text: 'انظر إلى السماء في ليلة صافية' }] }],
    { video, language: 'ar' },
  ),
};

/** Shows frames on a canvas, of each no more than is different. */
function openPainter() {
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  const painter = createFramePainter({
    ...{ createLayer: createCanvas, ...size, isOpaque },
    ...{ copyPicture: () => false, takesGround: () => false },
  });
  const paint = (request: FrameRequest): Change => {
    const { layers, top } = painter.paint(request);
    assert.equal(layers.length, 0);
    const { change } = top;
    if (change === 'nothing') return change;
    const area = change === 'everything' ? { x: 0, y: 0, ...size } : change;
    context.save();
    context.beginPath();
    context.rect(area.x, area.y, area.width, area.height);
    context.clip();
    context.clearRect(area.x, area.y, area.width, area.height);
    top.paint(context, area);
    context.restore();
    return change;
  };
  return { canvas, paint };
}

const layouts: readonly Omit<SceneInput, 'id'>[] = [
  { heading: 'A list', points: ['One', 'Two'] },
  { layout: 'number', heading: '87 %', points: ['of it'] },
  { picture: { source: 'photo.png', fit: 'blur' }, heading: 'Blurred' },
  {
    layout: 'chart',
    heading: 'Growth',
    chart: { kind: 'bar', labels: ['a', 'b'], series: [{ name: 'x', values: [3, 5] }] },
  },
  { layout: 'quote', quote: { text: 'Less is more', source: 'Somebody' } },
  { layout: 'picture-left', picture: { source: 'photo.png' }, points: ['Beside it'] },
];

for (const [name, timeline] of Object.entries(compositions)) {
  test(`${name}: every frame has the pixels of one that was drawn alone`, () => {
    const { canvas, paint } = openPainter();
    // Another object: nothing that was prepared for one is used for the other.
    const same = structuredClone(timeline);
    const changes = { nothing: 0, everything: 0, area: 0 };
    for (let frameIndex = 0; frameIndex < timeline.frameCount; frameIndex += 1) {
      const change = paint({ timeline, frameIndex, pictures: opaquePictures });
      changes[typeof change === 'string' ? change : 'area'] += 1;
      const alone = Buffer.from(render(same, frameIndex, pictures).data);
      assert.ok(canvas.data().equals(alone), `frame ${frameIndex}, painted as: ${JSON.stringify(change)}`);
    }
    assert.ok(changes.nothing > 20, JSON.stringify(changes));
    if (name !== movingName) assert.ok(changes.area > 3, JSON.stringify(changes));
  });
}

const motions = ['rise', 'fade', 'typewriter', 'stagger', 'none', 'rise', 'fade'] as const;
const transitions = ['fade', 'dip', 'wipe', 'slide', 'push', 'zoom', 'circle'] as const;

for (const style of ['pop', 'plain'] as const) {
  test(`every transition and motion, layouts that move, ${style} captions: no pixel is left behind`, () => {
    const scenes = transitions.map(
      (kind, index): SceneInput => ({
        ...layouts[index % layouts.length],
        id: `scene-${index}`,
        narration: [{ text: 'Up to here' }],
        textMotion: motions[index] ?? 'rise',
        transition: { kind, durationSeconds: 0.3 },
      }),
    );
    const timeline = timelineOf(scenes, { video, captions: { style } });
    const same = structuredClone(timeline);
    const { canvas, paint } = openPainter();
    for (let frameIndex = 0; frameIndex < timeline.frameCount; frameIndex += 1) {
      const change = paint({ timeline, frameIndex, pictures: opaquePictures });
      const alone = Buffer.from(render(same, frameIndex, pictures).data);
      assert.ok(canvas.data().equals(alone), `frame ${frameIndex}, painted as: ${JSON.stringify(change)}`);
    }
  });
}

test('frames out of order, and again, are painted as well', () => {
  const timeline = compositions['words, points and a transition'];
  const { canvas, paint } = openPainter();
  for (const frameIndex of [90, 3, 3, timeline.frameCount - 1, 40, 90]) {
    paint({ timeline, frameIndex, pictures: opaquePictures });
    assert.ok(
      canvas.data().equals(Buffer.from(render(timeline, frameIndex, pictures).data)),
      `${frameIndex}`,
    );
  }
});
