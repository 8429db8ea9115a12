import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
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
  test(`the sprite of ${codec} chunks shows each second, and its WebVTT says where`, async () => {
    const [file, vttFile] = [inFolder(`${codec}.jpg`), inFolder(`${codec}.vtt`)];
    const chunks = [25, 35].map((frameCount) => ({
      file: inFolder(`${codec}-${frameCount}.mp4`),
      frameCount,
    }));
    let startFrame = 0;
    for (const chunk of chunks) {
      const first = startFrame;
      const drawFrame = (index: number) => drawShade(first + index);
      await encodeVideoChunk({ ...chunk, width, height, fps, codec, drawFrame });
      startFrame += chunk.frameCount;
    }
    await makeSprite({
      chunks,
      width,
      height,
      frameCount: 60,
      fps,
      file,
      vttFile,
      imageName: `${codec}.jpg`,
    });
    const times = ['00.000', '01.000', '02.500', '03.500', '04.500', '05.500', '06.000'];
    const cues = times.slice(0, -1).map((time, index) => {
      const place = `${codec}.jpg#xywh=${index * 160},0,160,90`;
      return `00:00:${time} --> 00:00:${times[index + 1]}\n${place}\n`;
    });
    assert.equal(await readFile(vttFile, 'utf8'), ['WEBVTT\n', ...cues].join('\n'));
    await expectShades(file, [0, 0, 1, 1, 2, 2]);
  });
}

test('a chunk that an older version made has no thumbnails: its pictures are decoded', async () => {
  const chunk = { file: inFolder('old.mp4'), frameCount: 60 };
  await encodeVideoChunk({ ...chunk, width, height, fps, drawFrame: drawShade });
  const bytes = await readFile(chunk.file);
  await writeFile(chunk.file, bytes.subarray(0, bytes.lastIndexOf('uuid', bytes.length, 'latin1') - 4));
  const [file, vttFile] = [inFolder('old.jpg'), inFolder('old.vtt')];
  await makeSprite({
    ...{ chunks: [chunk], width, height, frameCount: 60, fps },
    ...{ file, vttFile, imageName: 'old.jpg' },
  });
  await expectShades(file, [0, 0, 1, 1, 2, 2]);
});

async function expectShades(file: string, expected: readonly number[]): Promise<void> {
  const image = await loadImage(file);
  assert.deepEqual([image.width, image.height], [expected.length * 160, 90]);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  for (const [index, shade] of expected.entries()) {
    const [found = -1] = context.getImageData(index * 160 + 80, 45, 1, 1).data;
    assert.ok(Math.abs(found - shade * 127) <= 4, `tile ${index} is ${found}`);
  }
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
