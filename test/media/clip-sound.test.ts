import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type ClipSound, layClips } from '../../src/media/clip-sound.ts';
import { createPcmFile } from '../../src/media/pcm-file.ts';
import { levelDb, onsetSample } from '../support/media.ts';
import { workFolder } from './support/work-folder.ts';
import { writeVideo } from './support/write-video.ts';

const inFolder = await workFolder();
const rate = 48_000;
const clipSeconds = 4;
/** A tone, a second long, begins here in the clip; the rest is silent. */
const onset = 1.25;
const toneHz = 800;

before(async () => {
  const size = { width: 32, height: 32 };
  const pictures = Array.from({ length: clipSeconds * 25 }, (_, index) => ({
    pixels: new Uint8Array(size.width * size.height * 4).fill(index),
    timeMs: index * 40,
  }));
  const sound = new Float32Array(clipSeconds * rate * 2);
  for (let at = onset * rate; at < (onset + 1) * rate; at += 1) {
    sound.fill(0.5 * Math.sin(((at - onset * rate) / rate) * 2 * Math.PI * toneHz), at * 2, at * 2 + 2);
  }
  for (const [file, kind] of [
    ['clip.mp4', 'h264'],
    ['clip.webm', 'vp9'],
    ['clip.mkv', 'h264'],
  ] as const) {
    await writeVideo(inFolder(file), { kind, ...size, pictures, sound });
  }
  await writeVideo(inFolder('mute.mp4'), { kind: 'h264', ...size, pictures });
  // Its sound begins a second after its pictures.
  await writeVideo(inFolder('late.mkv'), { kind: 'h264', ...size, pictures, sound, soundDelayMs: 1_000 });
});

const clip = {
  file: inFolder('clip.mp4'),
  startSample: 0,
  mediaStartSeconds: 0,
  speed: 1,
  loop: false,
  gainDb: 0,
};

/** The left side of what is laid on an otherwise silent track. */
async function lay(change: Partial<ClipSound>, seconds = 6): Promise<Float32Array> {
  const sampleCount = seconds * rate;
  using track = createPcmFile({ file: inFolder('track.pcm'), channels: 2, sampleCount });
  const clips = [{ ...clip, lengthSamples: sampleCount, ...change }];
  await layClips({ clips, track, signal: undefined, onProgress: () => {} });
  const both = new Float32Array(sampleCount * 2);
  track.read(0, both);
  return Float32Array.from({ length: sampleCount }, (_, index) => both[index * 2] ?? 0);
}

function assertOnset(samples: Float32Array, seconds: number, withinSeconds = 0.002): void {
  const found = onsetSample(samples, { share: 0.3 }) / rate;
  assert.ok(Math.abs(found - seconds) <= withinSeconds, `begins at ${found} s instead of ${seconds} s`);
}

for (const file of ['clip.mp4', 'clip.webm', 'clip.mkv']) {
  test(`${file}: its sound is where its pictures are, as loud as it is`, async () => {
    const samples = await lay({ file: inFolder(file), startSample: 12_345 });
    assertOnset(samples, 12_345 / rate + onset);
    const middle = Math.round((12_345 / rate + onset + 0.3) * rate);
    assert.ok(Math.abs(levelDb(samples, middle, middle + 9_600) - levelOfTone) < 0.3);
  });
}

const levelOfTone = 20 * Math.log10(0.5 / Math.SQRT2);

test('sound that begins later than its pictures does so in the mix', async () => {
  assertOnset(await lay({ file: inFolder('late.mkv') }), 1 + onset);
  assertOnset(await lay({ file: inFolder('late.mkv'), mediaStartSeconds: 0.5 }), 0.5 + onset);
});

test('a part is cut out to the sample, wherever decoding has to begin', async () => {
  for (const mediaStartSeconds of [0.4, 1.2])
    assertOnset(await lay({ mediaStartSeconds }), onset - mediaStartSeconds);
  const inside = await lay({ mediaStartSeconds: 1.5, mediaEndSeconds: 1.8 });
  assert.ok(levelDb(inside, 0.02 * rate, 0.28 * rate) > levelOfTone - 0.5);
  assert.ok(
    inside.subarray(0.3 * rate).every((sample) => sample === 0),
    'silent after its end',
  );
});

test('a part behind the end of the sound is silent', async () => {
  for (const mediaStartSeconds of [3.9, 30]) {
    const samples = await lay({ mediaStartSeconds });
    assert.ok(levelDb(samples) < -90);
  }
});

test('the length in the programme is kept, with gain, and without clicks at either end', async () => {
  const samples = await lay({ mediaStartSeconds: 1.5, lengthSamples: 0.5 * rate, gainDb: -6 });
  assert.ok(Math.abs(levelDb(samples, 0.1 * rate, 0.4 * rate) - (levelOfTone - 6)) < 0.3);
  assert.ok(samples.subarray(0.5 * rate).every((sample) => sample === 0));
  assert.ok(Math.abs(samples[0] ?? 1) < 0.001 && Math.abs(samples[0.5 * rate - 1] ?? 1) < 0.001);
});

test('fades are as long as asked for', async () => {
  const fades = { fadeInSeconds: 0.2, fadeOutSeconds: 0.4 };
  const samples = await lay({ mediaStartSeconds: 1.25, mediaEndSeconds: 2.25, ...fades });
  const at = (seconds: number) =>
    levelDb(samples, (seconds - 0.01) * rate, (seconds + 0.01) * rate) - levelOfTone;
  for (const [seconds, expected] of [
    [0.1, -6],
    [0.5, 0],
    [0.8, -6],
  ] as const) {
    assert.ok(Math.abs(at(seconds) - expected) < 0.6, `${at(seconds)} dB at ${seconds} s`);
  }
});

for (const speed of [0.25, 0.5, 2, 4]) {
  test(`at ${speed} times the speed it keeps in time and its pitch`, async () => {
    const samples = await lay({ speed }, 12);
    assertOnset(samples, onset / speed, Math.max(0.05, 0.03 / speed));
    const from = Math.round((onset / speed + 0.06) * rate);
    const window = samples.subarray(from, from + Math.round((1 / speed - 0.15) * rate));
    const crossings = window.reduce(
      (sum, sample, at) => sum + (sample >= 0 && (window[at - 1] ?? 0) < 0 ? 1 : 0),
      0,
    );
    const pitch = (crossings * rate) / window.length;
    assert.ok(Math.abs(pitch - toneHz) < toneHz * 0.06, `${pitch} Hz`);
  });
}

test('a loop begins again, in time with its pictures even where the sound is shorter', async () => {
  const samples = await lay({ mediaStartSeconds: 1, mediaEndSeconds: 3, loop: true });
  for (const round of [0, 1, 2]) {
    const part = samples.subarray(round * 2 * rate, (round + 1) * 2 * rate);
    assertOnset(part, 0.25);
    assert.ok(levelDb(part, 1.4 * rate, 1.9 * rate) < -60);
  }
  const beyond = await lay({ mediaStartSeconds: 1, mediaEndSeconds: 5.5, loop: true }, 10);
  assertOnset(beyond.subarray(4.5 * rate), 0.25);
});

test('a clip without sound is silent', async () => {
  for (const loop of [false, true]) {
    const samples = await lay({ file: inFolder('mute.mp4'), loop, mediaEndSeconds: 2 });
    assert.ok(samples.every((sample) => sample === 0));
  }
});
