import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { mixAudio } from '../../src/media/index.ts';
import { decodeAudio, sine, writeWav } from '../support/media.ts';
import { strangeness } from '../support/strangeness.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const rate = 48_000;
const seconds = 24;
const toneHz = 1_000;

/** Five pieces of one tone, cut where no block, cell or packet ends, laid end to end: one steady tone. */
const cuts = [0, 4.00031, 7.77777, 12.34567, 18.00001, seconds].map((at) => Math.round(at * rate));

before(async () => {
  const tone = sine({ frequencyHz: toneHz, amplitude: 0.4, durationSeconds: seconds, sampleRate: rate });
  for (const [index, end] of cuts.slice(1).entries()) {
    await writeWav(inFolder(`${index}.wav`), tone.subarray(cuts[index], end), { sampleRate: rate });
  }
});

const pieces = cuts
  .slice(0, -1)
  .map((startSample, index) => ({ file: inFolder(`${index}.wav`), startSample }));

for (const format of ['aac', 'opus'] as const) {
  test(`a tone in pieces stays one tone in ${format}: no click at any seam`, async () => {
    const file = inFolder(`tone.${format}`);
    await mixAudio({ totalSamples: seconds * rate, narration: pieces, file, format });
    const [left] = await decodeAudio(file);
    const loudest = Math.max(...strangeness(left, { toneHz, from: rate / 4, to: left.length - rate / 4 }));
    assert.ok(loudest < -45, `${loudest} dB beside the tone`);
  });
}

test('the measure would find a click: a seam three samples late', async () => {
  const file = inFolder('late.m4a');
  const late = pieces.map((piece, index) =>
    index === 4 ? { ...piece, startSample: piece.startSample + 3 } : piece,
  );
  await mixAudio({ totalSamples: seconds * rate + 3, narration: late, file });
  const [left] = await decodeAudio(file);
  assert.ok(Math.max(...strangeness(left, { toneHz, from: rate / 4, to: left.length - rate / 4 })) > -35);
});
