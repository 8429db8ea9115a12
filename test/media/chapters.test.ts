import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { writeAacFile } from '../../src/media/aac-file.ts';
import { encodeVideoChunk } from '../../src/media/encode-video-chunk.ts';
import { finishVideo } from '../../src/media/finish-video.ts';
import { finishedFormats, openMedia } from '../../src/media/open-media.ts';
import { writeOpusFile } from '../../src/media/opus-file.ts';
import { verifyVideo } from '../../src/media/verify-video.ts';
import { decodeVideoFrames } from '../support/media.ts';
import { drawNumbered, height, readNumber, width } from './support/numbered-frames.ts';
import { chaptersReadByFfmpeg } from './support/read-chapters.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const fps = 10;
const frameCount = 12;
const titles = ['Über die Füchse', 'Was <sie> & essen 🦊', 'x'.repeat(400)];
const chapters = titles.map((title, index) => ({
  title,
  startSeconds: [0, 0.5, 0.7][index] ?? 0,
  endSeconds: [0.5, 0.7, 1.2][index] ?? 0,
}));
const read = ['0.000000-0.500000', '0.500000-0.700000', '0.700000-1.200000'].map(
  (times, index) => `${times} ${titles[index]?.slice(0, 100)}`,
);

async function* silence(): AsyncGenerator<Float32Array> {
  yield new Float32Array(48_000 * 1.2 * 2);
}

async function finish(container: 'mp4' | 'webm', name: string, change: object = {}): Promise<string> {
  const file = inFolder(`${name}.${container}`);
  const chunks = [{ file: inFolder(`${container}.chunk`), frameCount }];
  await finishVideo({ chunks, audio: inFolder(`${container}.sound`), fps, container, file, ...change });
  return file;
}

before(async () => {
  for (const [container, codec] of [['mp4', 'h264'] as const, ['webm', 'vp9'] as const]) {
    const file = inFolder(`${container}.chunk`);
    await encodeVideoChunk({ width, height, fps, frameCount, codec, file, drawFrame: drawNumbered });
  }
  await writeAacFile(inFolder('mp4.sound'), silence());
  await writeOpusFile(inFolder('webm.sound'), silence());
});

for (const [container, codec] of [['mp4', 'h264'] as const, ['webm', 'vp9'] as const]) {
  test(`FFmpeg reads the chapters of a ${container}, and the picture is where it was`, async () => {
    const file = await finish(container, 'chapters', { chapters, title: 'Füchse', language: 'de' });
    assert.deepEqual(await chaptersReadByFfmpeg(file), read);
    const numbers = (await decodeVideoFrames(file)).map(readNumber);
    assert.deepEqual(
      numbers,
      Array.from({ length: frameCount }, (_, index) => index),
    );
    const whole = { width, height, fps, frameCount, durationSeconds: 1.2, hasAudio: false };
    await verifyVideo({ ...whole, file, container, codec });
    const again = await finish(container, 'again', { chapters, title: 'Füchse', language: 'de' });
    assert.ok((await readFile(file)).equals(await readFile(again)), 'the same bytes');
  });

  test(`a ${container} without chapters has none`, async () => {
    assert.deepEqual(await chaptersReadByFfmpeg(await finish(container, 'plain')), []);
  });
}

test('each of the two kinds of chapters in an MP4 can be read by itself', async () => {
  const bytes = await readFile(await finish('mp4', 'both', { chapters }));
  for (const gone of ['chpl', 'chap']) {
    const at = bytes.indexOf(gone);
    assert.equal(bytes.indexOf(gone, at + 1), -1, `only one ${gone}`);
    const file = inFolder(`without-${gone}.mp4`);
    await writeFile(
      file,
      Buffer.concat([bytes.subarray(0, at), Buffer.from('free'), bytes.subarray(at + 4)]),
    );
    assert.deepEqual(await chaptersReadByFfmpeg(file), read, `without ${gone}`);
  }
});

test('title, comment and language can be read from both kinds of file', async () => {
  for (const container of ['mp4', 'webm'] as const) {
    const said = { title: 'Füchse', comment: 'Über <sie> & 🦊', language: 'pt-BR' };
    const context = await openMedia(await finish(container, 'described', said), finishedFormats);
    const { title, comment, COMMENT } = context.metadata?.getAll() ?? {};
    const language = context.streams[1]?.metadata?.get('language');
    await context.closeInput();
    assert.deepEqual([title, comment ?? COMMENT, language], ['Füchse', said.comment, 'por'], container);
  }
});
