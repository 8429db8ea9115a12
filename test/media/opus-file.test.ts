import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { writeOpusFile } from '../../src/media/opus-file.ts';
import { decodeAudio, onsetSample } from '../support/media.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const sampleCount = 48_000 + 123;
const onset = 20_011;

/** A tone that begins somewhere, in blocks that fit no packet. */
async function* blocks(): AsyncGenerator<Float32Array> {
  const samples = new Float32Array(sampleCount * 2);
  for (let index = onset; index < sampleCount; index += 1) {
    samples.fill(0.5 * Math.sin((2 * Math.PI * 440 * (index - onset)) / 48_000), index * 2, index * 2 + 2);
  }
  for (let start = 0; start < samples.length; start += 7_770) yield samples.subarray(start, start + 7_770);
}

test('Opus keeps the programme to the sample, and the same bytes every time', async () => {
  const [file, again] = [inFolder('sound.ogg'), inFolder('again.ogg')];
  await writeOpusFile(file, blocks());
  await writeOpusFile(again, blocks());
  const [left, right] = await decodeAudio(file);
  assert.equal(left.length, sampleCount);
  assert.equal(right.length, sampleCount);
  const found = onsetSample(left, { share: 0.05 });
  assert.ok(Math.abs(found - onset) <= 24, `begins at ${found} instead of ${onset}`);
  assert.ok((await readFile(file)).equals(await readFile(again)));
});
