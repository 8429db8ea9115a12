import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clockSecondsOf, expectedParallelism, parallelismOf } from '../../src/engine/phases.ts';
import type { StageName } from '../../src/protocol/index.ts';

const places = { narrate: 2, render: 2 };
const unknown = { places, isLearned: false };
const known = { places, isLearned: true };

function tasks(stage: StageName, ...workSeconds: readonly number[]) {
  return workSeconds.map((seconds) => ({ stage, workSeconds: seconds }));
}

it('expects of each phase what its stages have places for', () => {
  const expected = { gather: 2, plan: 1, make: 2, finish: 1 };
  assert.deepEqual(expectedParallelism({}, unknown), expected);
  assert.deepEqual(expectedParallelism({ render: 20, mix: 5, finish: 3 }, unknown), expected);
  assert.deepEqual(expectedParallelism({ render: 20, mix: 5, finish: 3 }, known), { ...expected, make: 2.5 });
});

it('counts the places that the last tasks leave empty', () => {
  assert.equal(parallelismOf(tasks('render', 4, 4, 4, 4), unknown).make, 2);
  assert.equal(parallelismOf(tasks('render', 4, 4, 4), unknown).make, 1.5);
  assert.equal(parallelismOf(tasks('narrate', 3), unknown).gather, 1);
  assert.equal(parallelismOf(tasks('finish', 2, 2), unknown).finish, 1);
});

it('takes stages that overlap to share the machine, unless their times were measured so', () => {
  const together = [...tasks('mix', 2), ...tasks('render', 4, 4, 4, 4)];
  assert.equal(parallelismOf(together, unknown).make, 2);
  assert.equal(parallelismOf(together, known).make, 18 / 8);
  assert.equal(parallelismOf([...tasks('mix', 6), ...tasks('render', 0, 0)], unknown).make, 1);
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
  // The sound is mixed while the frames are drawn.
  assert.equal(
    clockSecondsOf([...all, ...tasks('mix', 3)], { factors: { render: 1 }, places }),
    2 + 1 + 4 + 1,
  );
});
