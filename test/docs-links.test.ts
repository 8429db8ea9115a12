import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

test('every picture and page that the documentation links to is there', async () => {
  const docs = (await readdir(join(root, 'docs'), { recursive: true })).filter((name) =>
    name.endsWith('.md'),
  );
  const pages = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    ...docs.map((name) => join('docs', name)),
  ];
  const missing: string[] = [];
  for (const page of pages) {
    const text = (await readFile(join(root, page), 'utf8')).replaceAll(/^```[\s\S]*?^```/gm, '');
    for (const [, target = ''] of text.matchAll(/\]\(<?([^)#>]+)(?:#[^)]*)?>?\)/g)) {
      if (/^[a-z]+:/.test(target) || target.startsWith('/')) continue;
      if (!existsSync(join(root, dirname(page), decodeURI(target)))) missing.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(missing, []);
});
