import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  decodeWav,
  encodeWav,
  readSpeechWords,
  speechProviders,
  writeSpeech,
} from '../../src/speech/index.ts';

describe('stored speech', () => {
  it('comes back as it was spoken, to the sample', async () => {
    const voice = { provider: 'espeak', rate: 1 } as const;
    const speech = await speechProviders.espeak().speak({ text: 'Hello, world.', language: 'en', voice });
    const folder = await mkdtemp(join(tmpdir(), 'aura-speech-'));
    try {
      const { wavFile, jsonFile } = await writeSpeech(folder, speech);
      const { sampleRate, samples } = decodeWav(await readFile(wavFile));
      assert.equal(sampleRate, 22_050);
      assert.deepEqual(samples, speech.samples);
      const { words, durationSeconds } = readSpeechWords(await readFile(jsonFile, 'utf8'));
      assert.deepEqual(words, speech.words);
      assert.equal(durationSeconds, samples.length / sampleRate);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('clips what is too loud instead of wrapping it round', () => {
    const samples = Float32Array.of(0, 1, 1.5, -1, -1.5, 0.5);
    const decoded = decodeWav(encodeWav({ sampleRate: 48_000, samples }));
    const highest = 32_767 / 32_768;
    assert.deepEqual([...decoded.samples], [0, highest, highest, -1, -1, 0.5].map(Math.fround));
  });

  it('refuses other files and half files', () => {
    const wav = encodeWav({ sampleRate: 22_050, samples: new Float32Array(10) });
    assert.throws(() => decodeWav(wav.subarray(0, 50)), RangeError);
    assert.throws(() => decodeWav(wav.subarray(0, 20)), RangeError);
    assert.throws(() => decodeWav(new TextEncoder().encode('#EXTM3U '.repeat(10))), RangeError);
    assert.throws(() => readSpeechWords('{"words": []}'));
  });
});
