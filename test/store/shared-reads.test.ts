import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createSharedReads } from '../../src/store/shared-reads.ts';

function openReads() {
  const begun: { readonly asked: string; readonly answer: PromiseWithResolvers<string> }[] = [];
  const ask = createSharedReads<string, string>({
    keyOf: (asked) => asked,
    read(asked) {
      const answer = Promise.withResolvers<string>();
      begun.push({ asked, answer });
      return answer.promise;
    },
  });
  return { ask, begun };
}

it('reads once for all who ask in one turn, and apart for another thing', async () => {
  const { ask, begun } = openReads();
  const answers = [ask('a'), ask('a'), ask('b')];
  await setImmediate();
  assert.deepEqual(
    begun.map(({ asked }) => asked),
    ['a', 'b'],
  );
  for (const { asked, answer } of begun) answer.resolve(`${asked} read`);
  assert.deepEqual(await Promise.all(answers), ['a read', 'a read', 'b read']);
});

it('gives those who ask during a reading the one after it, begun when it has ended, also in failure', async () => {
  const { ask, begun } = openReads();
  const first = ask('a');
  await setImmediate();
  const later = [ask('a'), ask('a')];
  await setImmediate();
  assert.equal(begun.length, 1);
  begun[0]?.answer.reject(new Error('connection lost'));
  await assert.rejects(first, /connection lost/);
  await setImmediate();
  assert.equal(begun.length, 2);
  begun[1]?.answer.resolve('newer');
  assert.deepEqual(await Promise.all(later), ['newer', 'newer']);
  const last = ask('a');
  await setImmediate();
  begun[2]?.answer.resolve('newest');
  assert.equal(await last, 'newest');
});
