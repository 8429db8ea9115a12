import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readingWarnings, speechProviders } from '../../src/speech/index.ts';

const request = (text: string, language: string, name?: string) => ({
  text,
  language,
  voice: { provider: 'espeak', rate: 1, ...(name !== undefined && { name }) } as const,
});

describe('what a voice cannot read', () => {
  it('is kanji in Japanese, which really are not read', async () => {
    const [warning, ...more] = readingWarnings(request('今日は、せかい。今日', 'ja'));
    assert.deepEqual(more, []);
    assert.deepEqual(warning, {
      code: 'characters_unreadable',
      message:
        'The voice ja cannot read 今日: it says “Chinese letter” for each. Write the narration in kana.',
    });
    const provider = speechProviders.espeak();
    const kanji = await provider.speak(request('今日', 'ja'));
    const kana = await provider.speak(request('きょう', 'ja'));
    assert.ok(kanji.samples.length > 2 * kana.samples.length, 'drop this warning when kanji are read');
  });

  it('is Chinese in any other voice', () => {
    const [warning] = readingWarnings(request('Beijing is 北京', 'en'));
    assert.match(warning?.message ?? '', /^The voice en-us cannot read 北京.*such as cmn\.$/);
  });

  it('is nothing else', () => {
    const readable = [
      request('こんにちは、せかい', 'ja'),
      request('今天天气很好', 'zh-CN'),
      request('今天天气很好', 'en', 'cmn'),
      request('香港', 'zh-HK'),
      request('Hello, Привет, مرحبا', 'en'),
      request('안녕하세요', 'ko'),
    ];
    for (const each of readable) assert.deepEqual(readingWarnings(each), [], each.text);
  });
});
