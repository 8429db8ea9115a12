import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { withFieldTables } from '../../scripts/composition-docs.ts';
import { compositionJsonSchema, compositionSchema, layoutNames } from '../../src/protocol/index.ts';

const page = path.join(import.meta.dirname, '..', '..', 'docs', 'composition.md');

test('the tables of the composition’s page are those of its schema', async () => {
  const text = await readFile(page, 'utf8');
  assert.equal(withFieldTables(text), text, 'run node scripts/make-composition-docs.ts');
});

test('it names every field and every layout, and its example is a composition', async () => {
  const text = await readFile(page, 'utf8');
  const names = [...new Set(propertyNames(compositionJsonSchema()))];
  assert.ok(names.length >= 70, `${names.length}`);
  const missing = names.filter((name) => !new RegExp(`^\\| \`(?:[^\`]*\\.)?${name}\` \\|`, 'm').test(text));
  assert.deepEqual(missing, []);
  for (const layout of layoutNames) assert.match(text, new RegExp(`^\\| \`${layout}\` `, 'm'));
  const example: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '');
  assert.equal(compositionSchema.parse(example).scenes.length, 1);
});

/** Keys of every `properties` in a JSON Schema. */
function propertyNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(propertyNames)];
}
