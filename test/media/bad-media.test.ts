import assert from 'node:assert/strict';
import { open, readFile, writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { mixAudio, openClip, probeAudio, probeVideo } from '../../src/media/index.ts';
import { AuraError, type ErrorCode } from '../../src/protocol/index.ts';
import { sine, writeWav } from '../support/media.ts';
import { workFolder } from './support/work-folder.ts';
import { writeEncoded } from './support/write-encoded.ts';
import { type TestVideo, writeVideo } from './support/write-video.ts';

const inFolder = await workFolder();
const size = { width: 64, height: 48 };
const pictures = Array.from({ length: 50 }, (_, index) => ({
  pixels: Uint8Array.from(
    { length: size.width * size.height * 4 },
    (_, at) => (at * 7 + index * 31 + (at >> 5)) & 255,
  ),
  timeMs: index * 40,
}));
const tone = sine({ frequencyHz: 440, amplitude: 0.3, durationSeconds: 4, sampleRate: 48_000 });
const clips: Record<string, TestVideo['kind']> = {
  'clip.mp4': 'h264',
  'clip.mov': 'h264',
  'clip.mkv': 'h264',
  'clip.webm': 'vp9',
  'clip.gif': 'gif',
};

before(async () => {
  for (const [name, kind] of Object.entries(clips)) {
    await writeVideo(inFolder(name), { kind, ...size, pictures, ...(kind !== 'gif' && { sound: tone }) });
  }
});

const isRefused = (code: ErrorCode, text: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AuraError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, text);
  return true;
};

for (const name of Object.keys(clips)) {
  for (const share of [0.3, 0.6, 0.9]) {
    test(`${name} cut off at ${share} of its length is refused`, async () => {
      const bytes = await readFile(inFolder(name));
      const file = inFolder(`cut-${share}-${name}`);
      await writeFile(file, bytes.subarray(0, bytes.length * share));
      await assert.rejects(probeVideo(file, 'holiday'), isRefused('video_invalid', /holiday/));
    });
  }
}

test('an index before the data, as on the web, hides no missing data', async () => {
  const file = inFolder('web.mp4');
  await writeVideo(file, { kind: 'h264', ...size, pictures, muxer: { movflags: '+faststart' } });
  await probeVideo(file);
  const bytes = await readFile(file);
  await writeFile(inFolder('web-cut.mp4'), bytes.subarray(0, bytes.length * 0.7));
  const refused = isRefused('video_invalid', /cut off: \d+(\.\d)? of /);
  await assert.rejects(probeVideo(inFolder('web-cut.mp4'), 'web'), refused);
});

test('zeros in place of the pictures are refused', async () => {
  const bytes = await readFile(inFolder('clip.mkv'));
  await writeFile(inFolder('zeros.mkv'), bytes.fill(0, Math.round(bytes.length * 0.2)));
  await assert.rejects(probeVideo(inFolder('zeros.mkv'), 'zeros'), isRefused('video_invalid', /zeros/));
});

const disguised: Record<string, string | Uint8Array> = {
  'nothing.mp4': '',
  'zeros.mp4': new Uint8Array(20_000),
  'text.mp4': 'Dear diary, this is no video. '.repeat(300),
  'm3u8.mp4': '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
  'remote.mp4': '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n',
  'ffconcat.mp4': "ffconcat version 1.0\nfile 'clip.mp4'\n",
  'concat.mp4': "file 'clip.mp4'\nfile 'clip.mp4'\n",
  'dash.mp4':
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>clip.mp4</BaseURL></MPD>',
  'subtitles.mkv': '1\n00:00:00,000 --> 00:00:01,000\nHello\n',
  'script.mp4': '#!/bin/sh\nrm -rf /\n',
};

for (const [name, content] of Object.entries(disguised)) {
  test(`${name}, which is no video, is refused`, async () => {
    await writeFile(inFolder(name), content);
    await assert.rejects(probeVideo(inFolder(name), name), isRefused('video_invalid', new RegExp(name)));
    await assert.rejects(
      openClip({ file: inFolder(name), name }),
      isRefused('video_invalid', new RegExp(name)),
    );
  });
}

test('an address, and a list of files, are no file names', async () => {
  for (const file of [
    'http://127.0.0.1:9/a.mp4',
    `concat:${inFolder('clip.mp4')}`,
    `subfile,,start,0,end,0,,:x`,
  ]) {
    await assert.rejects(probeVideo(file, 'trick'), isRefused('video_invalid', /trick/));
  }
});

test('a clip with no pictures is refused', async () => {
  const file = inFolder('only-sound.mp4');
  const samples = sine({ frequencyHz: 440, amplitude: 0.3, durationSeconds: 1, sampleRate: 48_000 });
  await writeWav(inFolder('sound.wav'), samples, { sampleRate: 48_000 });
  const narration = [{ file: inFolder('sound.wav'), startSample: 0 }];
  await mixAudio({ totalSamples: 48_000, narration, file });
  await assert.rejects(probeVideo(file, 'song'), isRefused('video_invalid', /song.*no pictures/));
});

test('a clip that is too long, or too large, is refused by what it says of itself', async () => {
  const long = [0, 7_300_000].map((timeMs) => ({ pixels: pictures[0]?.pixels ?? new Uint8Array(), timeMs }));
  await writeVideo(inFolder('long.mkv'), { kind: 'h264', ...size, pictures: long });
  await assert.rejects(
    probeVideo(inFolder('long.mkv'), 'film'),
    isRefused('video_invalid', /film.*120 minutes/),
  );
  const large = await readFile(inFolder('clip.gif'));
  large.writeUInt16LE(12_000, 6);
  large.writeUInt16LE(9_000, 8);
  await writeFile(inFolder('large.gif'), large);
  const refused = isRefused('video_invalid', /wall" has pictures of 12000 x 9000 pixels/);
  await assert.rejects(probeVideo(inFolder('large.gif'), 'wall'), refused);
});

test('ten hours of sound are refused quickly, whatever they are stored as', async () => {
  const hours = 10;
  // A WAV full of nothing: all of it is a hole in a sparse file.
  await writeWav(inFolder('long.wav'), new Float32Array(8), { sampleRate: 8_000 });
  const length = hours * 3_600 * 8_000 * 4;
  const header = await readFile(inFolder('long.wav'));
  header.writeUInt32LE(length + 36, 4);
  header.writeUInt32LE(length, 40);
  await using handle = await open(inFolder('long.wav'), 'w');
  await handle.write(header.subarray(0, 44));
  await handle.truncate(44 + length);
  const began = process.cpuUsage();
  await assert.rejects(
    probeAudio(inFolder('long.wav'), 'night'),
    isRefused('audio_invalid', /night.*120 minutes/),
  );
  const { user, system } = process.cpuUsage(began);
  assert.ok(user + system < 2_000_000, `took ${(user + system) / 1e6} s`);
});

test('ten hours that the file says nothing about are noticed on the way', async () => {
  // One second of MP3, without a header that counts, thirty-six thousand times.
  const samples = new Float32Array(8_000 * 60);
  await writeEncoded(inFolder('minute.mp3'), { format: 'mp3', samples, sampleRate: 8_000 });
  const bytes = await readFile(inFolder('minute.mp3'));
  const frames = bytes.subarray(bytes.indexOf(Buffer.from([0xff, 0xe3]), 300));
  await writeFile(inFolder('many.mp3'), Buffer.concat(Array.from({ length: 600 }, () => frames)));
  await assert.rejects(
    probeAudio(inFolder('many.mp3'), 'chant'),
    isRefused('audio_invalid', /chant.*120 minutes/),
  );
});

test('a sample rate that is none is refused, an odd one is read', async () => {
  const samples = sine({ frequencyHz: 440, amplitude: 0.3, durationSeconds: 1, sampleRate: 11_111 });
  await writeWav(inFolder('odd.wav'), samples, { sampleRate: 11_111 });
  const { durationSeconds } = await probeAudio(inFolder('odd.wav'));
  assert.ok(Math.abs(durationSeconds - 1) < 0.01, `${durationSeconds} s`);
  const bytes = await readFile(inFolder('odd.wav'));
  for (const sampleRate of [0, 0xff_ff_ff_ff]) {
    bytes.writeUInt32LE(sampleRate, 24);
    await writeFile(inFolder('none.wav'), bytes);
    await assert.rejects(probeAudio(inFolder('none.wav'), 'none'), isRefused('audio_invalid', /none/));
  }
});

test('samples that are no numbers are taken for silence, not handed on', async () => {
  const samples = Float32Array.from({ length: 48_000 }, (_, at) =>
    at % 100 === 0 ? Number.NaN : 0.1 * Math.sin(at / 9),
  );
  samples.fill(Number.POSITIVE_INFINITY, 500, 600);
  await writeWav(inFolder('nan.wav'), samples, { sampleRate: 48_000 });
  const narration = [{ file: inFolder('nan.wav'), startSample: 0 }];
  const result = await mixAudio({ totalSamples: 48_000, narration, file: inFolder('nan.m4a') });
  assert.ok(Math.abs(result.lufs + 14) < 0.5 && result.truePeakDbtp <= -1, JSON.stringify(result));
});

test('a single sample is a sound', async () => {
  await writeWav(inFolder('one.wav'), new Float32Array([0.5]), { sampleRate: 48_000 });
  const probe = await probeAudio(inFolder('one.wav'));
  assert.equal(probe.durationSeconds, 1 / 48_000);
});
