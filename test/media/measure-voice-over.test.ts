import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureVoiceOver } from '../../src/media/index.ts';
import { AuraError } from '../../src/protocol/index.ts';
import { speechLike, writeWav } from '../support/media.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const rate = 22_050;
/** Where the recordings speak, in seconds. */
const spoken = [
  [1, 2.5],
  [3.5, 4.25],
  [6, 9],
] as const;

/** Something like speech at those times, over hum and hiss. */
function recording({ level, hiss, hum }: { level: number; hiss: number; hum: number }): Float32Array {
  const voice = speechLike({ durationSeconds: 10, amplitude: level });
  let seed = 1;
  return voice.map((sample, at) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const time = at / rate;
    const isSpoken = spoken.some(([start, end]) => time >= start && time < end);
    const noise = (seed / 2 ** 31 - 1) * hiss + Math.sin(time * 2 * Math.PI * 50) * hum;
    return (isSpoken ? sample : 0) + noise;
  });
}

const recordings = {
  'a clean recording': { level: 0.4, hiss: 0, hum: 0 },
  'a quiet one with hiss': { level: 0.05, hiss: 0.001, hum: 0 },
  'a loud one with hum': { level: 0.7, hiss: 0.002, hum: 0.05 },
};

for (const [name, kind] of Object.entries(recordings)) {
  test(`${name}: speech is found where it is`, async () => {
    const file = inFolder('voice.wav');
    await writeWav(file, recording(kind), { sampleRate: rate });
    const measured = await measureVoiceOver({ file });
    assert.ok(Math.abs(measured.durationSeconds - 10) < 0.001);
    assert.equal(measured.speech.length, spoken.length, JSON.stringify(measured.speech));
    for (const [index, [start, end]] of spoken.entries()) {
      const found = measured.speech[index];
      const isNear = (one: number | undefined, other: number) => Math.abs((one ?? -1) - other) <= 0.16;
      assert.ok(isNear(found?.startSeconds, start) && isNear(found?.endSeconds, end), JSON.stringify(found));
    }
    assert.deepEqual(await measureVoiceOver({ file }), measured);
  });
}

test('speech without a pause is one stretch, silence none', async () => {
  const file = inFolder('steady.wav');
  await writeWav(file, speechLike({ durationSeconds: 3, amplitude: 0.4 }), { sampleRate: rate });
  const { speech } = await measureVoiceOver({ file });
  assert.equal(speech.length, 1);
  assert.ok((speech[0]?.startSeconds ?? 1) < 0.1 && (speech[0]?.endSeconds ?? 0) > 2.8);
  await writeWav(file, new Float32Array(rate), { sampleRate: rate });
  assert.deepEqual(await measureVoiceOver({ file }), { durationSeconds: 1, speech: [] });
});

test('what is no sound is refused', async () => {
  const refused = (error: unknown) => error instanceof AuraError && error.code === 'audio_invalid';
  await assert.rejects(measureVoiceOver({ file: inFolder('nowhere.wav') }), refused);
});
