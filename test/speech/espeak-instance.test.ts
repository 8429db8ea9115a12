import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import loadEspeak, { type EspeakWorker } from '@echogarden/espeak-ng-emscripten';
import { limits } from '../../src/protocol/index.ts';
import { longestTextBytes, withEspeak } from '../../src/speech/espeak-instance.ts';

const texts = [
  'Start with one question and write it down today.',
  'Bonjour à tous, voici une phrase.',
  'Guten Tag! Straßenbahnhaltestelle, um 10:30 Uhr am 3.4.2026.',
  'مرحبا بالعالم، كيف حالك؟ 2024',
  'こんにちは、せかい！',
  '今天天气很好，我们去公园吧。Aura 很好',
  'No',
  'It costs $25.50 &amp; more; <break time="300ms"/> x².',
  '&amp;'.repeat(300),
];
const voices = ['gmw/en', 'gmw/en-US', 'gmw/de', 'roa/fr', 'sit/cmn', 'sem/ar', 'jpx/ja'];
const speeches = Array.from({ length: 16 }, (_, index) => ({
  text: texts[(index * 7) % texts.length] ?? '',
  voice: voices[(index * 5) % voices.length] ?? '',
  rate: 175 + (index % 3) * 20,
}));
type Spoken = (typeof speeches)[number];

/** All that the engine gives, samples and events. */
function say(worker: EspeakWorker, { text, voice, rate }: Spoken): string {
  assert.equal(worker.set_voice(voice), 0, voice);
  worker.set_rate(rate);
  const hash = createHash('sha256');
  worker.synthesize(text, (samples, events) => {
    hash.update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    hash.update(JSON.stringify(events));
    return false;
  });
  return hash.digest('hex');
}

async function sayAnew(spoken: Spoken): Promise<string> {
  const { eSpeakNGWorker: Worker } = await loadEspeak();
  return say(new Worker(), spoken);
}

test('an instance that has spoken before says what one that was just loaded says, to the last sample', async () => {
  const expected = [];
  for (const spoken of speeches) expected.push(await sayAnew(spoken));
  for (const [index, spoken] of [...speeches.entries(), ...[...speeches.entries()].reverse()]) {
    const found = await withEspeak(async (worker) => say(worker, spoken));
    assert.equal(found, expected[index], `${spoken.voice}: ${spoken.text}`);
  }
});

test('what broke off, was longest, or asked for a voice that is not there leaves no trace', async () => {
  const spoken = { text: texts[0] ?? '', voice: 'gmw/en', rate: 175 };
  const expected = await sayAnew(spoken);
  const check = async (what: string) =>
    assert.equal(await withEspeak(async (worker) => say(worker, spoken)), expected, what);
  await assert.rejects(
    withEspeak(async (worker) => {
      worker.set_voice('gmw/de');
      worker.synthesize('Guten Tag', () => true);
      throw new Error('enough');
    }),
    { message: 'enough' },
  );
  await check('after an error');
  await withEspeak(async (worker) => worker.set_voice('nobody'));
  await check('after an unknown voice');
  // The longest that can be asked for: each character as long as escaping makes one.
  const longest = '&amp;'.repeat(limits.passageLength);
  assert.ok(longest.length < longestTextBytes);
  await withEspeak(async (worker) => {
    worker.set_voice('gmw/en');
    worker.synthesize(longest, () => true);
  });
  await check('after the longest text');
  await withEspeak(async (worker) => worker.list_voices());
  await check('after the voices were listed');
});

test('several at one time do not hear each other', async () => {
  const some = speeches.slice(0, 4);
  const expected = await Promise.all(some.map(sayAnew));
  const found = await Promise.all(
    some.map((spoken) =>
      withEspeak(async (worker) => {
        await setImmediate();
        return say(worker, spoken);
      }),
    ),
  );
  assert.deepEqual(found, expected);
});
