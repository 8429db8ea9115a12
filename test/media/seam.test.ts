import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeAacFile } from '../../src/media/aac-file.ts';
import { encodeVideoChunk } from '../../src/media/encode-video-chunk.ts';
import { finishVideo } from '../../src/media/finish-video.ts';
import { measureLoudness } from '../../src/media/loudness.ts';
import { writeOpusFile } from '../../src/media/opus-file.ts';
import { verifyVideo } from '../../src/media/verify-video.ts';
import { sampleAt, secondsAt } from '../../src/protocol/frame-rates.ts';
import { type Codec, type Container, codecs } from '../../src/protocol/output.ts';
import { decodeVideoFrames } from '../support/media.ts';
import { drawNumbered, height, readNumber, width } from './support/numbered-frames.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
// One frame alone, one fewer than a group of B-frames, and one that ends in the middle of a group.
const lengths = [13, 1, 3, 22];
const frameCount = lengths.reduce((sum, length) => sum + length, 0);

async function joined(
  name: string,
  { codec, container, fps }: { codec: Codec; container: Container; fps: number },
) {
  const chunks = [];
  let startFrame = 0;
  for (const [index, length] of lengths.entries()) {
    const file = inFolder(`${name}-${index}.mp4`);
    const first = startFrame;
    const drawFrame = (frame: number) => drawNumbered(first + frame);
    await encodeVideoChunk({ width, height, fps, codec, frameCount: length, file, drawFrame });
    chunks.push({ file, frameCount: length });
    startFrame += length;
  }
  const audio = inFolder(`${name}.sound`);
  const write = container === 'webm' ? writeOpusFile : writeAacFile;
  await write(audio, tone(sampleAt(frameCount, fps)));
  const file = inFolder(`${name}.${container}`);
  await finishVideo({ chunks, audio, fps, container, file });
  const { lufs } = await measureLoudness(audio);
  return { file, sound: { file: audio, lufs } };
}

async function* tone(sampleCount: number): AsyncGenerator<Float32Array> {
  yield Float32Array.from({ length: sampleCount * 2 }, (_, index) => 0.3 * Math.sin((index >> 1) / 20));
}

const cases = [
  ...codecs.map((codec) => ({ codec, container: 'mp4', fps: 60 }) as const),
  { codec: 'h264', container: 'mp4', fps: 29.97 },
  { codec: 'hevc', container: 'mp4', fps: 23.976 },
  { codec: 'vp9', container: 'webm', fps: 60 },
  { codec: 'av1', container: 'webm', fps: 59.94 },
] as const;

for (const { codec, container, fps } of cases) {
  test(`${codec} in ${container} at ${fps}: every frame once, in order, across the seams`, async () => {
    const { file, sound } = await joined(`${codec}-${container}-${fps}`, { codec, container, fps });
    const frames = await decodeVideoFrames(file);
    const expected = Array.from({ length: frameCount }, (_, index) => index);
    assert.deepEqual(frames.map(readNumber), expected);
    assert.deepEqual(
      frames.map(({ index }) => index),
      expected,
    );
    const durationSeconds = secondsAt(frameCount, fps);
    const whole = { width, height, fps, frameCount, durationSeconds, hasAudio: true, sound };
    await verifyVideo({ ...whole, file, codec, container });
  });
}
