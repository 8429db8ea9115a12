import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { clipKey } from '../../src/drawing/index.ts';
import { createYuvConverter, type DrawnLayers } from '../../src/media/index.ts';
import { RawPicture } from '../../src/media/raw-picture.ts';
import { openFrameDrawer } from '../../src/pipeline/frame-drawer.ts';
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

/** Waves of colour, others at each time: soft, for a colour sample is of four pixels. */
function pixelsOf({ width, height, hue, isOpaque }: (typeof clips)[number], time: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < pixels.length; at += 1) {
    const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
    pixels[at] = 128 + 100 * Math.sin((x * hue + y * 5 + time * 40) / 90 + (at % 4));
    if (at % 4 === 3 && isOpaque) pixels[at] = 255;
  }
  return pixels;
}

test('a clip’s frames look like frames that were drawn with canvases, each alone, whatever was shown before', () => {
  const scenes = clips.map(
    ({ fit, transition }, index): SceneInput => ({
      id: `scene-${index}`,
      clip: { source: `${index}.mp4`, endSeconds: 9, fit },
      narration: [{ text: 'What is said here' }],
      transition: { kind: transition, durationSeconds: 0.4 },
    }),
  );
  const timeline = timelineOf(scenes, { video });
  const same = structuredClone(timeline);
  const [stage, alone] = [openFrameDrawer(timeline), openFrameDrawer(timeline)];
  using converter = createYuvConverter(video);
  using aloneConverter = createYuvConverter(video);
  using plain = createYuvConverter(video);
  const kinds = new Set<string>();
  let before = -1;
  const rawPictures = new Map<string, RawPicture>();
  const canvases = new Map<string, Canvas>();
  for (let frameIndex = 0; frameIndex < timeline.frameCount; frameIndex += 1) {
    // A clip of twelve pictures a second: in every other frame words change, and no more.
    const time = Math.floor(frameIndex / 2);
    for (const [index, clip] of time === before ? [] : clips.entries()) {
      const key = clipKey({ id: `scene-${index}` });
      const pixels = pixelsOf(clip, time);
      const { width, height } = clip;
      const canvas = createCanvas(width, height);
      canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
      canvases.set(key, canvas);
      rawPictures.set(key, new RawPicture({ ...clip, pixels }, () => createCanvas(width, height)));
    }
    before = time;
    const request = { timeline, frameIndex, pictures: rawPictures };
    const drawn = stage.draw(request, { whole: frameIndex === 0 });
    kinds.add(kindOf(drawn));
    if (drawn !== 'unchanged') converter.loadLayers(drawn);
    const shown = tightPlanes(converter.frame());
    aloneConverter.restart();
    const whole = alone.draw(request, { whole: true });
    assert.ok(whole !== 'unchanged');
    aloneConverter.loadLayers(whole);
    const drawnAlone = tightPlanes(aloneConverter.frame());
    plain.load({ x: 0, y: 0, ...video, pixels: render(same, frameIndex, canvases).data });
    const expected = tightPlanes(plain.frame());
    for (const plane of ['luma', 'blue', 'red'] as const) {
      assert.ok(drawnAlone[plane].equals(shown[plane]), `${plane} of frame ${frameIndex}, drawn alone`);
      const { most, rms } = distance(shown[plane], expected[plane]);
      assert.ok(
        most <= 4 && rms < 1.5,
        `${plane} of frame ${frameIndex}: ${most} at most, ${rms} on average`,
      );
    }
  }
  assert.deepEqual(kinds, new Set(['whole', 'unchanged', '1 layer', '2 layers', 'part of a layer']));
});

function kindOf(drawn: DrawnLayers | 'unchanged'): string {
  if (drawn === 'unchanged') return drawn;
  const { layers, area } = drawn;
  const isWhole = area.width === video.width && area.height === video.height;
  if (!isWhole) return 'part of a layer';
  if (layers.length === 0) return 'whole';
  return layers.length === 1 ? '1 layer' : `${layers.length} layers`;
}
