import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import { clipKey } from '../../src/drawing/index.ts';
import { RawPicture } from '../../src/media/raw-picture.ts';
import { openStageCanvas } from '../../src/pipeline/stage-canvas.ts';
import { render } from '../drawing/rendered.ts';
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

/** Noise that is another one at each time. */
function pixelsOf({ width, height, hue, isOpaque }: (typeof clips)[number], time: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * hue + (at >> 7) * time) & 255;
  for (let at = 3; at < pixels.length; at += 4) if (isOpaque) pixels[at] = 255;
  return pixels;
}

test('a clip’s frames have the pixels of frames that were drawn with canvases, each alone', () => {
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
  const stage = openStageCanvas(timeline);
  const shown = new Uint8Array(video.width * video.height * 4);
  const kinds = new Set<string>();
  let before = -1;
  const rawPictures = new Map<string, RawPicture>();
  for (let frameIndex = 0; frameIndex < timeline.frameCount; frameIndex += 1) {
    // A clip of twelve pictures a second: in every other frame words change, and no more.
    const time = Math.floor(frameIndex / 2);
    const canvases = new Map();
    for (const [index, clip] of clips.entries()) {
      const key = clipKey({ id: `scene-${index}` });
      const pixels = pixelsOf(clip, time);
      const { width, height } = clip;
      const canvas = createCanvas(width, height);
      canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
      canvases.set(key, canvas);
      if (time === before) continue;
      rawPictures.set(key, new RawPicture({ ...clip, pixels }, () => createCanvas(width, height)));
    }
    before = time;
    const request = { timeline, frameIndex, pictures: rawPictures };
    kinds.add(take(stage.draw(request, { whole: false }), shown));
    const alone = render(same, frameIndex, canvases).data;
    assert.ok(Buffer.from(shown).equals(alone), `what is handed out of frame ${frameIndex}`);
    take(stage.draw(request, { whole: true }), shown);
    assert.ok(Buffer.from(shown).equals(alone), `what is left of frame ${frameIndex}`);
  }
  assert.deepEqual(kinds, new Set(['whole', 'unchanged', 'part']));
});

/** Puts what was drawn where it belongs. */
function take(drawn: ReturnType<ReturnType<typeof openStageCanvas>['draw']>, shown: Uint8Array): string {
  if (drawn === 'unchanged') return drawn;
  if (drawn instanceof Uint8Array) {
    shown.set(drawn);
    return 'whole';
  }
  for (let row = 0; row < drawn.height; row += 1) {
    const from = row * drawn.width * 4;
    const to = ((drawn.y + row) * video.width + drawn.x) * 4;
    shown.set(drawn.pixels.subarray(from, from + drawn.width * 4), to);
  }
  return 'part';
}
