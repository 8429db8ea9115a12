import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AV_LOG_FATAL, AV_OPT_SEARCH_CHILDREN, AV_OPT_TYPE_DOUBLE } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { decibelsToGain, gainToDecibels } from '../../src/media/gain-curve.ts';
import { createLevelMeter, loudnessWith } from '../../src/media/programme-levels.ts';
import { openSoundFilter } from '../../src/media/sound-filter.ts';
import { createTruePeakMeter } from '../../src/media/true-peak.ts';

const rate = 48_000;
const count = 7 * rate + 123;

/** Tones that come and go, and a pause, differently on both sides; and a high one whose samples miss its peaks. */
const sounds = {
  'different sides': (at: number) => {
    const time = at / rate;
    const swell = Math.max(0, Math.sin(time * 2)) ** 2;
    const buzz = [1, 2, 3, 5, 8].reduce(
      (sum, times) => sum + Math.sin(time * 2 * Math.PI * 190 * times) / times,
      0,
    );
    return [
      swell * 0.4 * Math.sin(time * 2 * Math.PI * 5_030),
      swell * 0.3 * buzz + 0.05 * Math.sin(time * 700),
    ];
  },
  'the same on both': (at: number) => {
    const time = at / rate;
    const sample = Math.max(0, Math.sin(time * 1.3)) ** 2 * 0.6 * Math.sin(time * 2 * Math.PI * 11_900 + 0.6);
    return [sample, sample];
  },
  'the same on both, then higher on the right': (at: number) => {
    const sample = 0.3 * Math.sin((at / rate) * 2 * Math.PI * 11_900 + 0.6);
    return [sample, at < 3 * rate + 17 ? sample : sample * 2.5];
  },
};

function interleaved(sound: (at: number) => readonly number[]): Float32Array {
  const samples = new Float32Array(count * 2);
  for (let at = 0; at < count; at += 1) samples.set(sound(at), at * 2);
  return samples;
}

function* inBlocks(samples: Float32Array): Generator<Float32Array> {
  for (let start = 0; start < samples.length; start += 9_998) yield samples.subarray(start, start + 9_998);
}

/** What FFmpeg's own meter says. */
async function judge(samples: Float32Array): Promise<{ lufs: number; truePeakDb: number }> {
  Log.setLevel(AV_LOG_FATAL);
  using filter = await openSoundFilter([{ name: 'ebur128', settings: 'peak=true:framelog=quiet' }]);
  for (const block of [...inBlocks(samples), null]) for (const _ of filter.push(block));
  const read = (name: string) => filter.last.getOption(name, AV_OPT_TYPE_DOUBLE, AV_OPT_SEARCH_CHILDREN) ?? 0;
  return { lufs: read('integrated'), truePeakDb: read('true_peak') };
}

for (const [name, sound] of Object.entries(sounds)) {
  test(`${name}: loudness and true peak are what FFmpeg measures`, async () => {
    const samples = interleaved(sound);
    const expected = await judge(samples);
    const meter = createLevelMeter(count);
    const peaks = createTruePeakMeter();
    for (const block of inBlocks(samples)) {
      meter.push(block);
      peaks.push(block);
    }
    const lufs = loudnessWith(meter.levels);
    assert.ok(Math.abs(lufs - expected.lufs) < 0.05, `${lufs}, expected ${expected.lufs} LUFS`);
    const peak = gainToDecibels(peaks.finish());
    assert.ok(Math.abs(peak - expected.truePeakDb) < 0.1, `${peak}, expected ${expected.truePeakDb} dBTP`);
  });
}

test('the loudness after a change of level is foretold', async () => {
  const samples = interleaved(sounds['different sides']);
  const meter = createLevelMeter(count);
  meter.push(samples);
  const gain = decibelsToGain(-7);
  const curve = meter.levels.peaks.map((_, cell) => (cell < 2_000 ? gain : 1));
  const changed = samples.map((sample, index) => (index / 2 < 2_000 * 48 ? sample * gain : sample));
  const { lufs } = await judge(changed);
  assert.ok(Math.abs(loudnessWith(meter.levels, curve) - lufs) < 0.05);
});
