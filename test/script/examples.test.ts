import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { loadImage } from '@napi-rs/canvas';
import { isSpeakable } from '../../src/script/clean-text.ts';
import { listSources, parseScript } from '../../src/script/index.ts';

const examples = path.join(import.meta.dirname, '..', '..', 'examples');

test('every example can be read, and the files it names are beside it', async () => {
  const names = await readdir(examples);
  assert.ok(names.length >= 4);
  for (const name of names) {
    const composition = parseScript(await readFile(path.join(examples, name, 'script.md'), 'utf8'));
    for (const { source, kind } of listSources(composition)) {
      const file = path.join(examples, name, source);
      if (kind === 'picture') assert.ok((await loadImage(file)).width >= 1350, file);
      else assert.ok((await readFile(file)).length > 0, file);
    }
    for (const { picture } of composition.scenes)
      assert.notEqual(picture?.alt, '', `${name}: a picture without alt`);
    const texts = composition.scenes.flatMap(({ narration }) => narration.map(({ text }) => text));
    assert.ok(texts.every(isSpeakable), name);
  }
});
