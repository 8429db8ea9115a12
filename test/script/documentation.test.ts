import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { directiveNames } from '../../src/script/directive-values.ts';
import { frontMatterNames } from '../../src/script/front-matter.ts';
import { parseScript } from '../../src/script/index.ts';

const page = path.join(import.meta.dirname, '..', '..', 'docs', 'script-language.md');

test('the examples on the language’s page can be read', async () => {
  const blocks = [...(await readFile(page, 'utf8')).matchAll(/```markdown\n([\s\S]*?)```/g)];
  assert.ok(blocks.length >= 4);
  for (const [, example = ''] of blocks) {
    const isWhole = example.startsWith('---');
    assert.ok(parseScript(isWhole ? example : `## Heading\n\nHi.\n\n${example}`).scenes.length > 0);
  }
  assert.equal(parseScript(blocks[0]?.[1] ?? '').scenes.length, 2);
});

test('its tables name everything there is, in front matter and in directives', async () => {
  const text = await readFile(page, 'utf8');
  const names = [...text.matchAll(/^\| `([a-z]+)` *\|/gm)].map(([, name]) => name);
  assert.deepEqual(names, [...frontMatterNames, ...directiveNames]);
});
