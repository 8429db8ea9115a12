import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { forgetStart } from '../src/forget-start.ts';

it('lets go of what nothing refers to any more, and of nothing else', async () => {
  const kept = { words: 'still here' };
  const references = [new WeakRef({ words: 'of no use' }), new WeakRef(kept)];
  // V8 keeps what a weak reference was made for until the end of the turn.
  await setImmediate();
  await forgetStart();
  assert.deepEqual(
    references.map((reference) => reference.deref()),
    [undefined, kept],
  );
});
