import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { encodeVideoChunk } from '../../src/media/encode-video-chunk.ts';
import { makeSprite } from '../../src/media/make-sprite.ts';
import { layTiles, spriteFrames, tileSize, toSpriteVtt } from '../../src/media/sprite-layout.ts';
import { codecs } from '../../src/protocol/output.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const [width, height, fps] = [160, 90, 10];

/** Which third of the grey levels a frame has: black, grey, white, each for 20 frames. */
function drawShade(frame: number): Uint8Array {
  return new Uint8Array(width * height * 4).fill(Math.floor(frame / 20) * 127);
}

for (const codec of codecs) {
  test(`a sprite of ${codec} shows a keyframe for each time, and its WebVTT says where`, async () => {
    const [video, file, vttFile] = [
      inFolder(`${codec}.mp4`),
      inFolder(`${codec}.jpg`),
      inFolder(`${codec}.vtt`),
    ];
    await encodeVideoChunk({ width, height, fps, codec, frameCount: 60, file: video, drawFrame: drawShade });
    await makeSprite({ video, width, height, frameCount: 60, fps, file, vttFile, imageName: `${codec}.jpg` });
    assert.equal(
      await readFile(vttFile, 'utf8'),
      [
        'WEBVTT\n',
        `00:00:00.000 --> 00:00:02.000\n${codec}.jpg#xywh=0,0,160,90\n`,
        `00:00:02.000 --> 00:00:04.000\n${codec}.jpg#xywh=160,0,160,90\n`,
        `00:00:04.000 --> 00:00:06.000\n${codec}.jpg#xywh=320,0,160,90\n`,
      ].join('\n'),
    );
    const image = await loadImage(file);
    assert.deepEqual([image.width, image.height], [480, 90]);
    const context = createCanvas(480, 90).getContext('2d');
    context.drawImage(image, 0, 0);
    const shades = [80, 240, 400].map((x) => context.getImageData(x, 45, 1, 1).data[0] ?? -1);
    for (const [index, shade] of shades.entries()) {
      assert.ok(Math.abs(shade - index * 127) <= 4, `tile ${index} is ${shade}`);
    }
  });
}

test('a long video gets a hundred tiles in rows of ten, upright ones higher', () => {
  const frames = spriteFrames({ frameCount: 108_000, fps: 30 });
  assert.equal(frames.length, 100);
  assert.deepEqual([frames[0], frames[99]], [540, 107_460]);
  assert.deepEqual(spriteFrames({ frameCount: 1, fps: 30 }), [0]);
  const size = tileSize({ width: 1080, height: 1920 });
  assert.deepEqual(size, { width: 160, height: 284 });
  const tiles = layTiles(frames, { size, frameCount: 108_000, fps: 30 });
  assert.deepEqual(tiles[37], { startSeconds: 1350, endSeconds: 1386, x: 7 * 160, y: 3 * 284 });
  assert.match(toSpriteVtt(tiles, { imageName: 'a b.jpg', size }), /\na%20b\.jpg#xywh=1120,852,160,284\n/);
});
