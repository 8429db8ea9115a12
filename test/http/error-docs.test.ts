import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { errorDocs } from '../../scripts/error-docs.ts';
import { errorCodes } from '../../src/protocol/index.ts';

test('docs/errors.md says what the table says', async () => {
  const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  assert.equal(page, errorDocs(), 'run node scripts/make-error-docs.ts');
  for (const code of errorCodes) assert.ok(page.includes(`| \`${code}\` `), code);
});
