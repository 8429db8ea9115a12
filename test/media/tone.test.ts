import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { mixAudio } from '../../src/media/index.ts';
import { decodeAudio, sine, writeWav } from '../support/media.ts';
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

/**
 * Energy away from the tone in windows of 1024 samples, in dB of the tone's: a click is in all frequencies at once. A
 * four-term window keeps the tone itself within a few bins.
 */
function strangeness(samples: Float32Array): number[] {
  const size = 1_024;
  const window = Float64Array.from({ length: size }, (_, at) => {
    const phase = (2 * Math.PI * at) / size;
    return (
      0.358_75 - 0.488_29 * Math.cos(phase) + 0.141_28 * Math.cos(2 * phase) - 0.011_68 * Math.cos(3 * phase)
    );
  });
  const windows: number[] = [];
  for (let start = rate / 4; start + size < samples.length - rate / 4; start += size / 2) {
    windows.push(energyAwayFromTone(samples.subarray(start, start + size), window));
  }
  return windows;
}

/** Takes the tone out by fitting it, and compares what is left with it. */
function energyAwayFromTone(samples: Float32Array, window: Float64Array): number {
  const step = (2 * Math.PI * toneHz) / rate;
  let [cc, cs, ss, xc, xs] = [0, 0, 0, 0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const [weight = 0, sample = 0] = [window[at], samples[at]];
    const [cosine, sine] = [Math.cos(step * at), Math.sin(step * at)];
    cc += weight * cosine * cosine;
    cs += weight * cosine * sine;
    ss += weight * sine * sine;
    xc += weight * sample * cosine;
    xs += weight * sample * sine;
  }
  const determinant = cc * ss - cs * cs;
  const [a, b] = [(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant];
  let [left, whole] = [0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const [weight = 0, sample = 0] = [window[at], samples[at]];
    const rest = sample - a * Math.cos(step * at) - b * Math.sin(step * at);
    left += weight * rest * rest;
    whole += weight * sample * sample;
  }
  return 10 * Math.log10(left / whole);
}

const pieces = cuts
  .slice(0, -1)
  .map((startSample, index) => ({ file: inFolder(`${index}.wav`), startSample }));

for (const format of ['aac', 'opus'] as const) {
  test(`a tone in pieces stays one tone in ${format}: no click at any seam`, async () => {
    const file = inFolder(`tone.${format}`);
    await mixAudio({ totalSamples: seconds * rate, narration: pieces, file, format });
    const [left] = await decodeAudio(file);
    const loudest = Math.max(...strangeness(left));
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
  assert.ok(Math.max(...strangeness(left)) > -35);
});
