import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import type { VideoChunk } from '../../src/media/chunk-packets.ts';
import {
  encodeVideoChunk,
  finishVideo,
  makePoster,
  measureLoudness,
  mixAudio,
  silenceLufs,
  verifyVideo,
} from '../../src/media/index.ts';
import { openMediaWriter } from '../../src/media/media-writer.ts';
import { openSound } from '../../src/media/sound-packets.ts';
import { AuraError } from '../../src/protocol/index.ts';
import { decodeAudio, decodeVideoFrames, onsetSample, sine, writeWav } from '../support/media.ts';
import { drawNumbered, height, readNumber, width } from './support/numbered-frames.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const fps = 30;
// A chunk of one frame, one shorter than x264's reordering, and lengths that end in the middle of a group of B-frames.
const lengths = [37, 1, 2, 64, 46];
const frameCount = lengths.reduce((sum, length) => sum + length, 0);
const durationSeconds = frameCount / fps;
const voiceStart = 48_011;
const audio = inFolder('sound.m4a');
const otherAudio = inFolder('other.m4a');
const shorterAudio = inFolder('shorter.m4a');
const video = inFolder('video.mp4');
const chunks: VideoChunk[] = [];
const whole = { width, height, fps, frameCount, durationSeconds, hasAudio: true };

async function encodeChunks(name: string): Promise<{ file: string; frameCount: number }[]> {
  const chunks = [];
  let startFrame = 0;
  for (const [index, length] of lengths.entries()) {
    const file = inFolder(`${name}-${index}.mp4`);
    const first = startFrame;
    await encodeVideoChunk({
      width,
      height,
      fps,
      frameCount: length,
      file,
      drawFrame: (frame) => drawNumbered(first + frame),
    });
    chunks.push({ file, frameCount: length });
    startFrame += length;
  }
  return chunks;
}

before(async () => {
  const tone = sine({ frequencyHz: 500, amplitude: 0.5, durationSeconds: 1, sampleRate: 22_050 });
  await writeWav(inFolder('tone.wav'), tone, { sampleRate: 22_050 });
  const narration = [{ file: inFolder('tone.wav'), startSample: voiceStart }];
  const totalSamples = (frameCount / fps) * 48_000;
  await mixAudio({ totalSamples, narration, file: audio });
  const softer = { lufs: -20, truePeakDbtp: -1 };
  await mixAudio({ totalSamples, narration, file: otherAudio, target: softer });
  await mixAudio({ totalSamples: totalSamples - 9_600, narration, file: shorterAudio });
  chunks.push(...(await encodeChunks('a')));
  await finishVideo({
    chunks,
    audio,
    fps,
    file: video,
    title: 'Ein „Titel“',
    language: 'de',
  });
});

test('joined chunks show every frame once, in order, at its time', async () => {
  const frames = await decodeVideoFrames(video);
  const expected = Array.from({ length: frameCount }, (_, index) => index);
  assert.deepEqual(frames.map(readNumber), expected);
  assert.deepEqual(
    frames.map(({ index }) => index),
    expected,
  );
});

test('any frame can be sought', async () => {
  const at = [0, 36, 37, 38, 40, 100, frameCount - 1];
  assert.deepEqual((await decodeVideoFrames(video, { at })).map(readNumber), at);
  assert.deepEqual((await decodeVideoFrames(video, { at: [frameCount - 1] })).map(readNumber), [
    frameCount - 1,
  ]);
});

test('a frame decoded alone is the one of the whole, to the bit', async () => {
  for (const { index, pixels } of (await decodeVideoFrames(video)).slice(0, lengths[0])) {
    const [alone] = await decodeVideoFrames(video, { at: [index] });
    assert.deepEqual(alone?.pixels, pixels, `frame ${index}`);
  }
});

test('the finished video passes its checks', async () => {
  const told: number[] = [];
  const onProgress = (fraction: number) => told.push(fraction);
  const { lufs } = await measureLoudness(audio);
  const verified = await verifyVideo({ ...whole, file: video, sound: { file: audio, lufs }, onProgress });
  assert.equal(told.at(-1), 1);
  assert.equal(verified.durationSeconds, durationSeconds);
  assert.deepEqual(
    verified.streams.map(({ kind }) => kind),
    ['video', 'audio'],
  );
  assert.equal(verified.streams[0]?.packetCount, frameCount);
});

test('sound begins where it was placed, to the sample, and is as long as the picture', async () => {
  const [left] = await decodeAudio(video);
  assert.equal(left.length, (frameCount / fps) * 48_000);
  const onset = onsetSample(left);
  assert.ok(Math.abs(onset - voiceStart) <= 48, `begins at ${onset} instead of ${voiceStart}`);
});

test('a video made again, from chunks made again, has the same bytes', async () => {
  const again = inFolder('again.mp4');
  const chunks = await encodeChunks('b');
  await finishVideo({ chunks, audio, fps, file: again, title: 'Ein „Titel“', language: 'de' });
  assert.ok((await readFile(again)).equals(await readFile(video)));
});

test('progress counts the bytes that are copied', async () => {
  const told: number[] = [];
  const chunks = lengths.map((length, index) => ({ file: inFolder(`a-${index}.mp4`), frameCount: length }));
  const onProgress = (bytes: number) => told.push(bytes);
  await finishVideo({ chunks, audio, fps, file: inFolder('told.mp4'), onProgress });
  assert.ok(told.every((bytes, index) => bytes > (told[index - 1] ?? 0)));
  const sizes = await Promise.all([...chunks.map(({ file }) => file), audio].map((file) => stat(file)));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const share = (told.at(-1) ?? 0) / total;
  assert.ok(share > 0.8 && share <= 1, `${share} of the files' bytes`);
});

test('chunks that do not fit are refused', async () => {
  const [first, second] = [inFolder('a-0.mp4'), inFolder('other.mp4')];
  const finish = (chunks: { file: string; frameCount: number }[]) =>
    finishVideo({ chunks, audio, fps, file: inFolder('refused.mp4') });
  const isFailure = (text: RegExp) => (error: unknown) =>
    error instanceof AuraError && error.code === 'finish_failed' && text.test(error.message);
  await assert.rejects(finish([{ file: first, frameCount: 38 }]), isFailure(/has 37 frames, not 38/));
  await assert.rejects(finish([{ file: first, frameCount: 36 }]), isFailure(/not one of its 36/));
  await assert.rejects(finish([]), isFailure(/no chunks/));
  const pixels = new Uint8Array(64 * 64 * 4);
  await encodeVideoChunk({
    width: 64,
    height: 64,
    fps,
    frameCount: 2,
    file: second,
    drawFrame: () => pixels,
  });
  const mixed = [
    { file: first, frameCount: 37 },
    { file: second, frameCount: 2 },
  ];
  await assert.rejects(finish(mixed), isFailure(/other settings/));
  const bytes = await readFile(first);
  await writeFile(second, bytes.subarray(0, bytes.length / 2));
  await assert.rejects(finish([{ file: second, frameCount: 37 }]), isFailure(/other\.mp4/));
});

test('verification names what is wrong', async () => {
  const isFailure = (text: RegExp) => (error: unknown) =>
    error instanceof AuraError && error.code === 'verification_failed' && text.test(error.message);
  const verify = (change: object) => verifyVideo({ ...whole, file: video, ...change });
  await assert.rejects(verify({ frameCount: 151 }), isFailure(/frames: expected 151, found 150/));
  await assert.rejects(verify({ width: 640 }), isFailure(/640x180.*320x180/));
  await assert.rejects(verify({ fps: 25 }), isFailure(/25 fps.*30 fps/));
  await assert.rejects(verify({ durationSeconds: 6 }), isFailure(/duration.*expected 6 .*found 5/));
  await assert.rejects(verify({ hasAudio: false }), isFailure(/heard: expected false, found true/));
  await assert.rejects(
    verify({ sound: { file: audio, lufs: silenceLufs } }),
    isFailure(/heard: expected true, found false/),
  );
  await assert.rejects(
    verify({ sound: { file: otherAudio, lufs: -14 } }),
    isFailure(/Packet \d+ of the sound/),
  );
  await assert.rejects(
    verify({ sound: { file: shorterAudio, lufs: -14 } }),
    isFailure(/end of the sound at packet \d+: expected true, found false/),
  );
  await assert.rejects(verify({ file: inFolder('a-0.mp4') }), isFailure(/index and data/));
  const bytes = await readFile(video);
  const cut = inFolder('cut.mp4');
  await writeFile(cut, bytes.subarray(0, bytes.length - 1_000));
  await assert.rejects(verify({ file: cut }), isFailure(/cut off/));
});

test('sound that was put at another time is found', async () => {
  const late = inFolder('late.m4a');
  await using sound = await openSound(audio);
  const timeBase = { num: 1, den: 48_000 };
  await using writer = await openMediaWriter({
    file: late,
    tracks: [{ parameters: sound.parameters, timeBase }],
  });
  for await (const packet of sound.packets()) {
    packet.pts += 1_024n;
    packet.dts += 1_024n;
    writer.write(0, packet);
  }
  await writer.finish();
  await assert.rejects(verifyVideo({ ...whole, file: video, sound: { file: late, lufs: -14 } }), {
    code: 'verification_failed',
    message: /sample at which packet 0 of the sound begins/,
  });
});

test('a poster is the frame that was asked for', async () => {
  const file = inFolder('poster.jpg');
  await makePoster({ chunks, frameIndex: 77, file });
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(file);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  assert.deepEqual([image.width, image.height], [width, height]);
  assert.equal(readNumber({ width, height, pixels: new Uint8Array(data.buffer) }), 77);
  const tooFar = makePoster({ chunks, frameIndex: frameCount, file });
  await assert.rejects(tooFar, (error) => error instanceof AuraError && error.code === 'finish_failed');
});
