import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { AuraError, limits } from '../../src/protocol/index.ts';
import type { Speech } from '../../src/speech/contract.ts';
import { createEspeakProvider } from '../../src/speech/espeak.ts';
import { assertWordsCover } from './word-guarantee.ts';

const provider = createEspeakProvider();

async function speak(text: string, language = 'en', voice: { name?: string; rate?: number } = {}) {
  const speech = await provider.speak({ text, language, voice: { provider: 'espeak', rate: 1, ...voice } });
  return { ...speech, durationSeconds: speech.samples.length / speech.sampleRate };
}

/** Root mean square between two times. */
function loudness({ samples, sampleRate }: Speech, startSeconds: number, endSeconds: number): number {
  const part = samples.subarray(Math.round(startSeconds * sampleRate), Math.round(endSeconds * sampleRate));
  return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
}

function hash(speech: Speech): string {
  return createHash('sha256')
    .update(new Uint8Array(speech.samples.buffer))
    .update(JSON.stringify(speech.words))
    .digest('hex');
}

const sayings: readonly { readonly language: string; readonly text: string }[] = [
  { language: 'en', text: 'Hello, world! It costs $25.50 in 2024. Dr. Smith, e.g., said “naïve”.' },
  { language: 'en', text: 'A dash — here – and 5 < 6 & <b>bold</b> &amp; [[h@l\'oU]] [ok] "quoted" (yes).' },
  { language: 'en', text: '<speak><break time="60s"/></speak> <mark name="x"/> <!-- hidden --> end' },
  { language: 'en', text: "It's %{x} \\n 50% off: it\\'s `code`; {a|b} ~ ^ * # @ $ end" },
  { language: 'en', text: 'x 👩‍👩‍👧 y 😀🎉 z\u0000w \ud800 \u0001 \ufeff\u200b end\udc00' },
  { language: 'en', text: '  spaced\tout\n\nover\u00a0lines  ' },
  { language: 'en', text: '“(«hello»)” ¿qué? «' },
  { language: 'en', text: 'No' },
  { language: 'ar', text: 'مرحبا بالعالم، كيف حالك؟ 2024' },
  { language: 'he', text: 'שלום, עולם! abc' },
  { language: 'hi', text: 'नमस्ते दुनिया। यह एक परीक्षण है।' },
  { language: 'th', text: 'สวัสดีชาวโลก ยินดีต้อนรับ' },
  { language: 'ja', text: 'こんにちは、せかい！Auraは2024年「日本語」です。' },
  { language: 'zh-CN', text: '今天天气很好，我们去公园吧。Aura 很好' },
  { language: 'ko', text: '안녕하세요 세계 123' },
  { language: 'de', text: 'Straßenbahnhaltestelle, z. B. um 10:30 Uhr' },
];

describe('eSpeak NG', () => {
  for (const { language, text } of sayings) {
    it(`covers every visible character: ${JSON.stringify(text)}`, async () => {
      const speech = await speak(text, language);
      assertWordsCover(text, speech.words, speech.durationSeconds);
    });
  }

  it('splits at spaces, keeps punctuation with its word and lets a lone mark cling', async () => {
    const { words } = await speak('Hello, world — and $25.50 & (more)!');
    assert.deepEqual(
      words.map((word) => word.text),
      ['Hello,', 'world —', 'and', '$25.50', '&', '(more)!'],
    );
  });

  it('splits scripts without spaces by their words', async () => {
    const chinese = await speak('今天天气很好，我们去「公园」吧。', 'zh');
    assert.deepEqual(
      chinese.words.map((word) => word.text),
      ['今天', '天气', '很好，', '我们', '去', '「公园」', '吧。'],
    );
    const thai = await speak('สวัสดีชาวโลก', 'th');
    assert.deepEqual(
      thai.words.map((word) => word.text),
      ['สวัสดี', 'ชาว', 'โลก'],
    );
  });

  it('times words by what is heard: loud while a word lasts, silent in the pause after it', async () => {
    const speech = await speak('Alpha. Bravo. Charlie. Delta 1999. Echo.');
    assert.deepEqual(
      speech.words.map((word) => word.text),
      ['Alpha.', 'Bravo.', 'Charlie.', 'Delta', '1999.', 'Echo.'],
    );
    for (const [index, word] of speech.words.entries()) {
      assert.ok(loudness(speech, word.startSeconds, word.endSeconds) > 0.03, `${word.text} is heard`);
      const next = speech.words[index + 1];
      if (next === undefined || word.text === 'Delta') continue;
      const pause = loudness(speech, word.endSeconds + 0.1, next.startSeconds - 0.02);
      assert.ok(next.startSeconds - word.endSeconds > 0.15, `there is a pause after ${word.text}`);
      assert.ok(pause < 0.005, `the pause after ${word.text} is silent: ${pause}`);
    }
  });

  it('gives a number the whole time of all the words it is spoken as', async () => {
    const { words } = await speak('in 1987654 days');
    const [before, number, after] = words.map((word) => word.endSeconds - word.startSeconds);
    assert.ok(number !== undefined && before !== undefined && after !== undefined);
    assert.ok(number > 2 && number > 4 * before && number > 4 * after, `${before} ${number} ${after}`);
  });

  it('begins at the first sample and ends within 51 ms of the last sound', async () => {
    for (const text of ['Hello there.', 'Five, six.', 'Apple!', 'Zoo…']) {
      const { samples, sampleRate, words } = await speak(text);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const isAudible = (sample: number) => Math.abs(sample) >= peak * 0.01;
      assert.ok(samples.findIndex(isAudible) / sampleRate < 0.001, text);
      assert.ok((samples.length - 1 - samples.findLastIndex(isAudible)) / sampleRate < 0.051, text);
      assert.ok((words[0]?.startSeconds ?? 1) < 0.02, text);
    }
  });

  it('reads markup aloud instead of obeying it', async () => {
    const plain = await speak('wait here');
    const markup = await speak('wait <break time="30s"/> here');
    assert.ok(markup.durationSeconds < 15, 'the pause is not made');
    assert.ok(markup.durationSeconds > plain.durationSeconds + 1, 'the tag is spoken');
    const phonemes = await speak('say [[h@l]]');
    const bracketed = await speak('say [h@l]');
    assert.ok(phonemes.durationSeconds > 0.8 * bracketed.durationSeconds, 'the letters are spelled out');
  });

  it('speaks faster and slower', async () => {
    const text = 'The quick brown fox jumps over the lazy dog.';
    const normal = (await speak(text)).durationSeconds;
    assert.ok((await speak(text, 'en', { rate: 2 })).durationSeconds < 0.65 * normal);
    assert.ok((await speak(text, 'en', { rate: 0.5 })).durationSeconds > 1.6 * normal);
  });

  it('speaks with the voice of the language, or the one that is named', async () => {
    const hashes = new Set([
      hash(await speak('Aura', 'en')),
      hash(await speak('Aura', 'fr')),
      hash(await speak('Aura', 'en', { name: 'en-gb' })),
    ]);
    assert.equal(hashes.size, 3);
    assert.equal(hash(await speak('Aura', 'en', { name: 'fr-fr' })), hash(await speak('Aura', 'fr')));
    await assert.rejects(speak('Aura', 'en', { name: 'nobody' }), { code: 'voice_unknown' });
  });

  it('always speaks a request the same, whatever it spoke before, in any process', async () => {
    const text = 'It costs $25.50 here for a while.';
    const first = hash(await speak(text));
    await speak('مرحبا 25', 'ar');
    assert.equal(hash(await speak(text)), first);
    const module = new URL('../../src/speech/espeak.ts', import.meta.url).href;
    const code = `
      const { createEspeakProvider } = await import(${JSON.stringify(module)});
      const { createHash } = await import('node:crypto');
      const request = { text: ${JSON.stringify(text)}, language: 'en', voice: { provider: 'espeak', rate: 1 } };
      const { samples, words } = await createEspeakProvider().speak(request);
      const hash = createHash('sha256').update(new Uint8Array(samples.buffer)).update(JSON.stringify(words));
      process.stdout.write(hash.digest('hex'));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
    assert.equal(stdout, first);
  });

  it('fails rather than give silence', async () => {
    for (const text of ['', '   ', '—', '\u200b', '\u0000', '()']) {
      await assert.rejects(
        speak(text),
        { name: 'AuraError', code: 'narration_failed' },
        JSON.stringify(text),
      );
    }
  });

  it('speaks the longest passage, with every word in its place and a pause where it was cut', async () => {
    const sentence = 'The quick brown fox jumps over the lazy dog, and then rests for a while. ';
    const text = sentence.repeat(80).slice(0, limits.passageLength).trim();
    const started = performance.now();
    const speech = await speak(text);
    const speed = speech.durationSeconds / ((performance.now() - started) / 1000);
    assertWordsCover(text, speech.words, speech.durationSeconds);
    assert.equal(speech.words.length, text.split(' ').length);
    assert.ok(speed > 5, `${speed.toFixed(0)} times as fast as speaking`);
    const pauses = speech.words.slice(1).map((word, index) => ({
      seconds: word.startSeconds - (speech.words[index]?.endSeconds ?? 0),
      follows: speech.words[index]?.text ?? '',
    }));
    for (const { seconds, follows } of pauses) {
      assert.ok(seconds < 0.6, `${seconds} s after ${follows}`);
      if (follows.endsWith('.')) assert.ok(seconds > 0.2, `${seconds} s after ${follows}`);
    }
  });

  it('can be stopped before and within a long text', async () => {
    const request = {
      text: 'Sentence. '.repeat(500),
      language: 'en',
      voice: { provider: 'espeak', rate: 1 },
    } as const;
    await assert.rejects(provider.speak(request, AbortSignal.abort(new Error('enough'))), {
      message: 'enough',
    });
    const controller = new AbortController();
    const speaking = provider.speak(request, controller.signal);
    setImmediate(() => controller.abort(new Error('enough')));
    await assert.rejects(speaking, { message: 'enough' });
  });

  it('lists voices without loading the engine', async () => {
    const voices = await provider.voices();
    assert.ok(voices.length > 100);
    assert.deepEqual(
      voices.find((voice) => voice.name === 'en-gb'),
      { provider: 'espeak', name: 'en-gb', label: 'English (Great Britain)', language: 'en-GB' },
    );
  });

  it('has a version that begins with the engine’s', async () => {
    const file = new URL('../../node_modules/@echogarden/espeak-ng-emscripten/package.json', import.meta.url);
    const { version } = JSON.parse(await readFile(file, 'utf8'));
    assert.ok(provider.version.startsWith(`${version}-`));
  });

  it('throws errors people can read', async () => {
    const error = await speak('—').catch((caught) => caught);
    assert.ok(error instanceof AuraError);
    assert.equal(error.message, 'Speaking “—” gave no sound: it has no words.');
  });
});
