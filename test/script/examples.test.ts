import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { loadImage } from '@napi-rs/canvas';
import {
  chartKinds,
  layoutNames,
  pictureMotions,
  textMotions,
  transitionKinds,
} from '../../src/protocol/index.ts';
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
      const isPhotograph = kind === 'picture' && !file.endsWith('.svg');
      if (isPhotograph) assert.ok((await loadImage(file)).width >= 1350, file);
      else assert.ok((await readFile(file)).length > 0, file);
    }
    for (const { picture, clip, pictures } of composition.scenes) {
      const alts = [picture?.alt, clip?.alt, ...pictures.map(({ alt }) => alt)];
      assert.ok(!alts.includes(''), `${name}: a picture without alt`);
    }
    const texts = composition.scenes.flatMap(({ narration }) => narration.map(({ text }) => text));
    assert.ok(texts.every(isSpeakable), name);
  }
});

test('the examples show every layout, transition, motion and chart there is', async () => {
  const names = await readdir(examples);
  const scripts = names.map((name) => readFile(path.join(examples, name, 'script.md'), 'utf8'));
  const scenes = (await Promise.all(scripts)).flatMap((script) => parseScript(script).scenes);
  const shown = new Set([
    ...scenes.map(({ layout }) => `layout ${layout}`),
    ...scenes.map(({ transition }) => `transition ${transition.kind}`),
    ...scenes.map(({ textMotion }) => `text ${textMotion}`),
    ...scenes.flatMap(({ picture }) => (picture === undefined ? [] : [`motion ${picture.motion}`])),
    ...scenes.flatMap(({ chart }) => (chart === undefined ? [] : [`chart ${chart.kind}`])),
  ]);
  const all = [
    ...layoutNames.map((name) => `layout ${name}`),
    ...transitionKinds.map((kind) => `transition ${kind}`),
    ...textMotions.map((motion) => `text ${motion}`),
    ...pictureMotions.map((motion) => `motion ${motion}`),
    ...chartKinds.map((kind) => `chart ${kind}`),
  ];
  assert.deepEqual(
    all.filter((item) => !shown.has(item)),
    [],
  );
});
