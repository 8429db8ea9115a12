import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clockSecondsOf, expectedParallelism, parallelismOf } from '../../src/engine/phases.ts';
import type { StageName } from '../../src/protocol/index.ts';

const places = { narrate: 2, render: 2 };

function tasks(stage: StageName, ...workSeconds: readonly number[]) {
  return workSeconds.map((seconds) => ({ stage, workSeconds: seconds }));
}

it('expects of each phase what its stages have places for', () => {
  assert.deepEqual(expectedParallelism(places), { gather: 2, plan: 1, make: 2, finish: 1 });
});

it('counts the places that the last tasks leave empty', () => {
  assert.equal(parallelismOf(tasks('render', 4, 4, 4, 4), places).make, 2);
  assert.equal(parallelismOf(tasks('render', 4, 4, 4), places).make, 1.5);
  assert.equal(parallelismOf(tasks('narrate', 3), places).gather, 1);
  assert.equal(parallelismOf(tasks('finish', 2, 2), places).finish, 1);
});

it('takes stages that overlap to share the machine', () => {
  const together = [...tasks('mix', 2), ...tasks('render', 4, 4, 4, 4)];
  assert.equal(parallelismOf(together, places).make, 2);
  assert.equal(parallelismOf([...tasks('mix', 6), ...tasks('render', 0, 0)], places).make, 1);
});

it('adds the phases up by the clock, as fast as the machine is known to be', () => {
  const all = [
    ...tasks('narrate', 2, 2),
    ...tasks('plan', 1),
    ...tasks('render', 4, 4),
    ...tasks('finish', 1),
  ];
  assert.equal(clockSecondsOf(all, { factors: {}, places }), 2 + 1 + 4 + 1);
  assert.equal(clockSecondsOf(all, { factors: { render: 2, finish: 0.5 }, places }), 2 + 1 + 8 + 0.5);
});
