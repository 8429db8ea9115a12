import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageCode } from '../../src/media/language-code.ts';

test('a language tag becomes the code that MP4 uses', () => {
  const tags = ['en', 'pt-BR', 'DE-at', 'cmn', 'ar', 'ja', 'xx', undefined];
  assert.deepEqual(tags.map(languageCode), ['eng', 'por', 'deu', 'cmn', 'ara', 'jpn', undefined, undefined]);
});
