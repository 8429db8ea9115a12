import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listVoices } from '../../scripts/list-voices.ts';
import listed from '../../src/speech/espeak-voices.json' with { type: 'json' };
import { resolveVoice, speechProviders } from '../../src/speech/index.ts';

const named = (name?: string) =>
  ({ provider: 'espeak', rate: 1, ...(name !== undefined && { name }) }) as const;

describe('choosing a voice', () => {
  const defaults: Readonly<Record<string, string>> = {
    en: 'en-us',
    'en-US': 'en-us',
    'EN-gb': 'en-gb',
    'en-AU': 'en-gb',
    'en-CA': 'en-us',
    fr: 'fr-fr',
    'fr-CA': 'fr-fr',
    'fr-CH': 'fr-ch',
    pt: 'pt-br',
    'pt-PT': 'pt',
    'pt-AO': 'pt-br',
    es: 'es',
    'es-MX': 'es-419',
    'es-AR': 'es-419',
    zh: 'cmn',
    'zh-CN': 'cmn',
    'zh-Hant-TW': 'cmn',
    'zh-HK': 'yue',
    yue: 'yue',
    no: 'nb',
    iw: 'he',
    'sr-Latn': 'sr',
    'de-AT': 'de',
    vi: 'vi',
    ja: 'ja',
  };
  for (const [language, name] of Object.entries(defaults)) {
    it(`speaks ${language} with ${name}`, () => assert.equal(resolveVoice(language, named()).name, name));
  }

  it('takes a name in any case, or a label, whatever the language', () => {
    assert.deepEqual(resolveVoice('ja', named('EN-GB')), named('en-gb'));
    assert.deepEqual(resolveVoice('ja', named('English (Great Britain)')), named('en-gb'));
  });

  it('names the closest voices when there is none of that name', () => {
    const message = 'There is no voice “en-uss”. The closest names are en-us, en-029, en-gb.';
    assert.throws(() => resolveVoice('en', named('en-uss')), { code: 'voice_unknown', message });
    assert.throws(() => resolveVoice('en', named('Germn')), {
      code: 'voice_unknown',
      message: /names are de,/,
    });
  });

  it('says so when nobody speaks the language', () => {
    for (const language of ['tl', 'xx', 'abc-defghijk-lm', '']) {
      assert.throws(() => resolveVoice(language, named()), {
        code: 'voice_unknown',
        message: `No voice speaks the language “${language}”. Name a voice to use.`,
      });
    }
  });

  it('offers names that are unique and resolve to themselves', async () => {
    const voices = await speechProviders.espeak().voices();
    assert.equal(new Set(voices.map((voice) => voice.name)).size, voices.length);
    for (const { name } of voices) assert.equal(resolveVoice('en', named(name)).name, name);
  });

  it('has the list that the engine itself gives (run scripts/list-voices.ts after a new version)', async () => {
    assert.deepEqual(listed, await listVoices());
  });
});
