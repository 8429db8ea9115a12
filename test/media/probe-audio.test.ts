import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { mixAudio, probeAudio } from '../../src/media/index.ts';
import { AuraError } from '../../src/protocol/index.ts';
import { sine, speechLike, writeWav } from '../support/media.ts';
import { workFolder } from './support/work-folder.ts';
import { writeEncoded } from './support/write-encoded.ts';

const inFolder = await workFolder();
const durationSeconds = 2;
const formats = ['mp3', 'flac', 'ogg', 'wav', 'm4a', 'webm', 'matroska'] as const;

before(async () => {
  const samples = speechLike({ durationSeconds, amplitude: 0.3 });
  await writeWav(inFolder('sound.wav'), samples, { sampleRate: 22_050 });
  for (const format of ['mp3', 'flac', 'ogg', 'matroska'] as const) {
    await writeEncoded(inFolder(`sound.${format}`), { format, samples, sampleRate: 22_050 });
  }
  const recorded = sine({ frequencyHz: 440, durationSeconds, amplitude: 0.3, sampleRate: 48_000 });
  await writeEncoded(inFolder('sound.webm'), { format: 'webm', samples: recorded, sampleRate: 48_000 });
  const narration = [{ file: inFolder('sound.wav'), startSample: 0 }];
  await mixAudio({ totalSamples: durationSeconds * 48_000, narration, file: inFolder('sound.m4a') });
});

const isInvalid = (text: RegExp) => (error: unknown) =>
  error instanceof AuraError && error.code === 'audio_invalid' && text.test(error.message);

for (const format of formats) {
  test(`${format}: the length is measured`, async () => {
    const probe = await probeAudio(inFolder(`sound.${format}`));
    assert.ok(Math.abs(probe.durationSeconds - durationSeconds) < 0.06, `${probe.durationSeconds} s`);
    const sampleRate = format === 'm4a' || format === 'webm' ? 48_000 : 22_050;
    const expected = { sampleRate, channels: format === 'm4a' ? 2 : 1 };
    assert.deepEqual({ sampleRate: probe.sampleRate, channels: probe.channels }, expected);
  });

  test(`${format}: a file that is cut off is refused`, async () => {
    const bytes = await readFile(inFolder(`sound.${format}`));
    const file = inFolder(`cut.${format}`);
    await writeFile(file, bytes.subarray(0, bytes.length / 2));
    await assert.rejects(probeAudio(file, `holiday.${format}`), isInvalid(/holiday/));
  });
}

const rubbish: Record<string, string | Uint8Array> = {
  'nothing.mp3': '',
  'text.mp3': 'This is no sound at all. '.repeat(400),
  'noise.mp3': Uint8Array.from({ length: 50_000 }, (_, index) => (index * index * 31 + (index >> 3)) & 255),
  'list.m3u8': '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
  'list.ffconcat': "ffconcat version 1.0\nfile 'sound.wav'\n",
  'list.mpd':
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><BaseURL>sound.wav</BaseURL></Period></MPD>',
  'picture.mp3': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

for (const [name, content] of Object.entries(rubbish)) {
  test(`${name} is refused`, async () => {
    await writeFile(inFolder(name), content);
    await assert.rejects(probeAudio(inFolder(name), name), isInvalid(new RegExp(name)));
  });
}

test('an address is no file', async () => {
  await assert.rejects(probeAudio('http://127.0.0.1:9/sound.mp3'), isInvalid(/127/));
});

test('an abort stops with its own reason', async () => {
  const reason = new Error('enough');
  await assert.rejects(
    probeAudio(inFolder('sound.wav'), 'x', AbortSignal.abort(reason)),
    (error) => error === reason,
  );
});
