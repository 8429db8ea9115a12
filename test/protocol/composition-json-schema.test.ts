import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compositionJsonSchema } from '../../src/protocol/index.ts';

test('the JSON Schema has an address, and asks only for what has no default', () => {
  const schema = compositionJsonSchema();
  assert.equal(schema['$id'], '/api/schemas/composition.json');
  assert.equal(schema['$schema'], 'https://json-schema.org/draft/2020-12/schema');
  assert.equal(schema['additionalProperties'], false);
  assert.deepEqual(schema['required'], ['version', 'title', 'scenes']);
  assert.deepEqual(JSON.parse(JSON.stringify(schema)), schema, 'it is plain JSON');
});
