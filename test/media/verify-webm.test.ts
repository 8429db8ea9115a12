import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { writeAacFile } from '../../src/media/aac-file.ts';
import { encodeVideoChunk } from '../../src/media/encode-video-chunk.ts';
import { finishVideo } from '../../src/media/finish-video.ts';
import { silenceLufs } from '../../src/media/loudness.ts';
import { writeOpusFile } from '../../src/media/opus-file.ts';
import { verifyVideo } from '../../src/media/verify-video.ts';
import { readWebmSegment, webmIds } from '../../src/media/webm-elements.ts';
import { AuraError } from '../../src/protocol/index.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const [width, height, fps, frameCount] = [64, 64, 25, 30];
const chunks = [{ file: inFolder('chunk.mp4'), frameCount }];
const file = inFolder('video.webm');
const whole = { file, container: 'webm', codec: 'vp9', width, height, fps, frameCount } as const;
const expected = { ...whole, durationSeconds: 1.2, hasAudio: false };
const isFailure = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof AuraError && error.code === code && text.test(error.message);

async function* silence(): AsyncGenerator<Float32Array> {
  yield new Float32Array(48_000 * 1.2 * 2);
}

before(async () => {
  const grey = new Uint8Array(width * height * 4).fill(99);
  const drawFrame = () => grey;
  await encodeVideoChunk({
    width,
    height,
    fps,
    frameCount,
    codec: 'vp9',
    file: inFolder('chunk.mp4'),
    drawFrame,
  });
  await writeOpusFile(inFolder('sound.ogg'), silence());
  await finishVideo({ chunks, audio: inFolder('sound.ogg'), fps, container: 'webm', file });
});

test('a WebM has its index before its data, and passes', async () => {
  const ids = (await readWebmSegment(file)).elements.map(({ id }) => id);
  assert.ok(ids.indexOf(webmIds.cues) < ids.indexOf(webmIds.cluster));
  const { streams } = await verifyVideo(expected);
  await verifyVideo({ ...expected, sound: { file: inFolder('sound.ogg'), lufs: silenceLufs } });
  assert.deepEqual(
    streams.map(({ description }) => description),
    ['vp9 yuv420p bt709 limited 64x64 at 25 fps', 'opus 48000 Hz 2 channels'],
  );
});

test('a WebM that is not what was asked for is refused with the reason', async () => {
  const refused = (change: object, text: RegExp) =>
    assert.rejects(verifyVideo({ ...expected, ...change }), isFailure('verification_failed', text));
  await refused({ codec: 'av1' }, /expected av1 .* found vp9/);
  await refused({ container: 'mp4' }, /cut off/);
  await refused({ frameCount: 29 }, /frames: expected 29, found 30/);
  await refused({ fps: 29.97 }, /29\.97 fps.*25 fps/);
  const bytes = await readFile(file);
  const cut = inFolder('cut.webm');
  await writeFile(cut, bytes.subarray(0, bytes.length - 100));
  await refused({ file: cut }, /cut off/);
});

test('a WebM holds no AAC', async () => {
  await writeAacFile(inFolder('sound.m4a'), silence());
  const finishing = finishVideo({
    chunks,
    audio: inFolder('sound.m4a'),
    fps,
    container: 'webm',
    file: inFolder('no.webm'),
  });
  await assert.rejects(finishing, isFailure('finish_failed', /header/));
});
