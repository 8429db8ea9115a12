import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { probeVideo } from '../../src/media/probe-video.ts';
import { sine } from '../support/media.ts';
import { workFolder } from './support/work-folder.ts';
import { lastPictureMs, writeVideo } from './support/write-video.ts';

const inFolder = await workFolder();
const size = { width: 64, height: 48 };
const pictures = Array.from({ length: 30 }, (_, index) => ({
  pixels: new Uint8Array(size.width * size.height * 4).fill(index * 8),
  timeMs: index * 40,
}));
const tone = sine({ frequencyHz: 440, amplitude: 0.3, durationSeconds: 2.4, sampleRate: 48_000 });

before(async () => {
  await writeVideo(inFolder('silent.mp4'), { kind: 'h264', ...size, pictures });
  await writeVideo(inFolder('sound.mov'), { kind: 'h264', ...size, pictures, sound: tone });
  await writeVideo(inFolder('sound.webm'), { kind: 'vp9', ...size, pictures, sound: tone });
  await writeVideo(inFolder('sound.mkv'), { kind: 'h264', ...size, pictures, sound: tone });
  const muxer = { live: 1 };
  await writeVideo(inFolder('live.webm'), { kind: 'vp9', ...size, pictures, sound: tone, muxer });
  const fragments = { movflags: 'frag_keyframe+empty_moov' };
  await writeVideo(inFolder('fragmented.mp4'), { kind: 'h264', ...size, pictures, muxer: fragments });
  await writeVideo(inFolder('turning.gif'), { kind: 'gif', ...size, pictures });
  const matrix = [0, 65_536, 0, -65_536, 0, 0, 0, 0, 1 << 30];
  await writeVideo(inFolder('turned.mp4'), { kind: 'h264', ...size, pictures, matrix, pixelAspect: [3, 2] });
});

const expected = {
  durationSeconds: (29 * 40 + lastPictureMs) / 1000,
  frameRate: 25,
  ...size,
  hasAudio: false,
};
const cases = {
  'silent.mp4': { ...expected, codec: 'h264', isAnimation: false },
  'sound.mov': { ...expected, codec: 'h264', hasAudio: true, isAnimation: false },
  'sound.webm': { ...expected, codec: 'vp9', hasAudio: true, isAnimation: false },
  'sound.mkv': { ...expected, codec: 'h264', hasAudio: true, isAnimation: false },
  'live.webm': { ...expected, codec: 'vp9', hasAudio: true, isAnimation: false },
  'fragmented.mp4': { ...expected, codec: 'h264', isAnimation: false },
  'turning.gif': { ...expected, codec: 'gif', isAnimation: true },
  'turned.mp4': { ...expected, width: 48, height: 96, codec: 'h264', isAnimation: false },
};

for (const [name, wanted] of Object.entries(cases)) {
  test(`${name} is described as it is shown`, async () => {
    const probe = await probeVideo(inFolder(name));
    assert.ok(Math.abs(probe.durationSeconds - wanted.durationSeconds) < 0.011, `${probe.durationSeconds} s`);
    assert.ok(Math.abs(probe.frameRate - wanted.frameRate) < 0.3, `${probe.frameRate} fps`);
    const { durationSeconds, frameRate } = probe;
    assert.deepEqual(probe, { ...wanted, durationSeconds, frameRate });
  });
}

test('an abort stops with its own reason', async () => {
  const reason = new Error('enough');
  await assert.rejects(
    probeVideo(inFolder('silent.mp4'), 'x', AbortSignal.abort(reason)),
    (error) => error === reason,
  );
});
