import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import {
  brandSchema,
  captionPositions,
  captionSizes,
  captionStyles,
  captionsSchema,
  chartKinds,
  fits,
  layoutNames,
  musicSchema,
  pictureMotions,
  textMotions,
  themeNames,
  transitionKinds,
} from '../../src/protocol/index.ts';
import { directiveNames } from '../../src/script/directive-values.ts';
import { frontMatterNames } from '../../src/script/front-matter.ts';
import { parseScript } from '../../src/script/index.ts';

const page = path.join(import.meta.dirname, '..', '..', 'docs', 'script-language.md');

test('the examples on the language’s page can be read', async () => {
  const blocks = [...(await readFile(page, 'utf8')).matchAll(/^(`{3,4})markdown\n([\s\S]*?)^\1$/gm)];
  assert.ok(blocks.length >= 12);
  for (const [, , example = ''] of blocks) {
    const isWhole = example.startsWith('---') || example.startsWith('#');
    const script = isWhole ? example : `## Heading\n\n${example}`;
    assert.ok(parseScript(`${script}\n\n---\n\nHi.`).scenes.length > 1, example);
  }
  assert.equal(parseScript(blocks[0]?.[2] ?? '').scenes.length, 2);
});

/** First cells of the tables whose first column has this title. */
async function namesUnder(title: string): Promise<string[]> {
  const lines = (await readFile(page, 'utf8')).split('\n');
  const names: string[] = [];
  let isInside = false;
  for (const line of lines) {
    const first = /^\| *([^|]*?) *\|/.exec(line)?.[1];
    if (first === undefined) isInside = false;
    else if (first === title) isInside = true;
    else if (isInside && !first.startsWith('-')) names.push(first.replaceAll('`', ''));
  }
  return names;
}

test('its tables name everything there is, and nothing else', async () => {
  assert.deepEqual(await namesUnder('name'), frontMatterNames);
  assert.deepEqual((await namesUnder('directive')).sort(), [...directiveNames].sort());
  assert.deepEqual(await namesUnder('layout'), layoutNames);
  const kinds = transitionKinds.map((kind) => `transition: ${kind}`);
  assert.deepEqual(await namesUnder('kind'), kinds);
  const { colors, fonts, logo } = brandSchema.shape;
  const fields = [
    ...Object.keys(colors.unwrap().shape).map((name) => `brand.colors.${name}`),
    ...Object.keys(fonts.unwrap().shape).map((name) => `brand.fonts.${name}`),
    'brand.logo',
    ...Object.keys(logo.unwrap().shape).map((name) => `brand.logo.${name}`),
    ...Object.keys(captionsSchema.shape).map((name) => `captions.${name}`),
    ...Object.keys(musicSchema.shape).map((name) => `music.${name}`),
  ];
  assert.deepEqual(await namesUnder('field'), fields);
});

test('it names every choice', async () => {
  const text = await readFile(page, 'utf8');
  const choices = [
    ...themeNames,
    ...textMotions,
    ...pictureMotions,
    ...fits,
    ...chartKinds,
    ...captionStyles,
    ...captionPositions,
    ...captionSizes,
  ];
  assert.deepEqual(
    choices.filter((choice) => !text.includes(`\`${choice}\``)),
    [],
  );
});
