import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { clipKey, type DrawablePicture } from '../../src/drawing/index.ts';
import { createYuvConverter, type DrawnLayers } from '../../src/media/index.ts';
import { preparePicture } from '../../src/media/prepare-picture.ts';
import { RawPicture } from '../../src/media/raw-picture.ts';
import { openFrameDrawer } from '../../src/pipeline/frame-drawer.ts';
import type { Timeline } from '../../src/timeline/index.ts';
import { render } from '../drawing/rendered.ts';
import { distance, tightPlanes } from '../media/support/tight-planes.ts';
import { type SceneInput, timelineOf } from '../timeline/evenly-spoken.ts';

const video = { width: 320, height: 180, fps: 24 } as const;
const clips = [
  { fit: 'cover', width: 320, height: 180, hue: 3, isOpaque: true, transition: 'fade' },
  { fit: 'cover', width: 320, height: 180, hue: 5, isOpaque: true, transition: 'fade' },
  { fit: 'cover', width: 320, height: 180, hue: 7, isOpaque: false, transition: 'fade' },
  { fit: 'contain', width: 200, height: 180, hue: 11, isOpaque: true, transition: 'wipe' },
  { fit: 'blur', width: 150, height: 180, hue: 13, isOpaque: true, transition: 'zoom' },
  { fit: 'cover', width: 300, height: 200, hue: 17, isOpaque: true, transition: 'push' },
] as const;

interface Waves {
  readonly width: number;
  readonly height: number;
  readonly hue: number;
  readonly isOpaque: boolean;
}

/** Waves of colour, others at each time: soft, for a colour sample is of four pixels. */
function pixelsOf({ width, height, hue, isOpaque }: Waves, time: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < pixels.length; at += 1) {
    const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
    pixels[at] = 128 + 100 * Math.sin((x * hue + y * 5 + time * 40) / 90 + (at % 4));
    if (at % 4 === 3 && isOpaque) pixels[at] = 255;
  }
  return pixels;
}

test('frames with clips look as on a canvas, and are the same whether drawn alone or after others', () => {
  const scenes = clips.map(
    ({ fit, transition }, index): SceneInput => ({
      id: `scene-${index}`,
      clip: { source: `${index}.mp4`, endSeconds: 9, fit },
      narration: [{ text: 'What is said here' }],
      transition: { kind: transition, durationSeconds: 0.4 },
    }),
  );
  const rawPictures = new Map<string, RawPicture>();
  const canvases = new Map<string, Canvas>();
  let before = -1;
  const kinds = drawAll(timelineOf(scenes, { video }), (frameIndex) => {
    // A clip of twelve pictures a second: in every other frame words change, and no more.
    const time = Math.floor(frameIndex / 2);
    for (const [index, clip] of time === before ? [] : clips.entries()) {
      const key = clipKey({ id: `scene-${index}` });
      const pixels = pixelsOf(clip, time);
      const { width, height } = clip;
      canvases.set(key, canvasOf({ width, height, pixels }));
      rawPictures.set(key, new RawPicture({ ...clip, pixels }, () => createCanvas(width, height)));
    }
    before = time;
    return { pictures: rawPictures, canvases };
  });
  assert.deepEqual(kinds, new Set(['whole', 'unchanged', '1 layer', '2 layers', 'part of a layer']));
});

test('frames with photos and words, too, in every transition', () => {
  const photo = { ...clips[0], width: 420, height: 280 };
  const canvas = canvasOf({ ...photo, pixels: pixelsOf(photo, 0) });
  const pictures = new Map([['photo.jpg', preparePicture(canvas, video)]]);
  const canvases = new Map([['photo.jpg', pictures.get('photo.jpg') ?? canvas]]);
  const shown: readonly Omit<SceneInput, 'id'>[] = [
    { picture: { source: 'photo.jpg' }, heading: 'It moves', textMotion: 'rise' },
    { heading: 'Words alone', points: ['One', 'Two'] },
    { picture: { source: 'photo.jpg', motion: 'none' }, heading: 'It rests' },
    { picture: { source: 'photo.jpg', motion: 'zoom-in' }, layout: 'picture' },
  ];
  const transitions = ['fade', 'dip', 'wipe', 'slide', 'push', 'zoom', 'circle', 'zoom', 'fade'] as const;
  const scenes = transitions.map(
    (kind, index): SceneInput => ({
      ...shown[index % shown.length],
      id: `scene-${index}`,
      narration: [{ text: 'What is said' }],
      transition: { kind, durationSeconds: 0.4 },
    }),
  );
  const kinds = drawAll(timelineOf(scenes, { video }), () => ({ pictures, canvases }));
  assert.deepEqual(kinds, new Set(['whole', 'unchanged', '1 layer', '2 layers', 'part of a layer']));
});

function canvasOf({ width, height, pixels }: { width: number; height: number; pixels: Uint8Array }): Canvas {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  return canvas;
}

/** Draws all frames one after another, each alone, and each on a canvas. @returns what kinds of frames there were. */
function drawAll(
  timeline: Timeline,
  at: (frameIndex: number) => {
    readonly pictures: ReadonlyMap<string, DrawablePicture>;
    readonly canvases: ReadonlyMap<string, DrawablePicture>;
  },
): Set<string> {
  // Other objects: nothing that was prepared for one is used for the others.
  const [aloneTimeline, canvasTimeline] = [structuredClone(timeline), structuredClone(timeline)];
  const [drawer, alone] = [openFrameDrawer(timeline), openFrameDrawer(timeline)];
  using converter = createYuvConverter(video);
  using aloneConverter = createYuvConverter(video);
  using canvasConverter = createYuvConverter(video);
  const kinds = new Set<string>();
  for (let frameIndex = 0; frameIndex < timeline.frameCount; frameIndex += 1) {
    const { pictures, canvases } = at(frameIndex);
    const drawn = drawer.draw({ timeline, frameIndex, pictures }, { whole: frameIndex === 0 });
    kinds.add(kindOf(drawn));
    if (drawn !== 'unchanged') converter.loadLayers(drawn);
    const shown = tightPlanes(converter.frame());
    aloneConverter.restart();
    const whole = alone.draw({ timeline: aloneTimeline, frameIndex, pictures }, { whole: true });
    assert.ok(whole !== 'unchanged');
    aloneConverter.loadLayers(whole);
    const drawnAlone = tightPlanes(aloneConverter.frame());
    const { data: pixels } = render(canvasTimeline, frameIndex, canvases);
    canvasConverter.load({ x: 0, y: 0, ...video, pixels });
    const expected = tightPlanes(canvasConverter.frame());
    for (const plane of ['luma', 'blue', 'red'] as const) {
      assert.ok(drawnAlone[plane].equals(shown[plane]), `${plane} of frame ${frameIndex}, drawn alone`);
      const { far, rms } = distance(shown[plane], expected[plane]);
      // Where a circle's edge is smoothed, the canvas itself differs by what was painted before.
      assert.ok(far <= 40 && rms < 1.5, `${plane} of frame ${frameIndex}: ${far} samples, ${rms} on average`);
    }
  }
  return kinds;
}

function kindOf(drawn: DrawnLayers | 'unchanged'): string {
  if (drawn === 'unchanged') return drawn;
  const { layers, area } = drawn;
  const isWhole = area.width === video.width && area.height === video.height;
  if (!isWhole) return 'part of a layer';
  if (layers.length === 0) return 'whole';
  return layers.length === 1 ? '1 layer' : `${layers.length} layers`;
}
