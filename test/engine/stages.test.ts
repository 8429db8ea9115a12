import assert from 'node:assert/strict';
import { it } from 'node:test';
import { activityOf, currentStage, describeStages } from '../../src/engine/stages.ts';
import type { StageName } from '../../src/protocol/index.ts';
import type { StageTally } from '../../src/store/index.ts';

it('shows nothing as begun before the first task runs', () => {
  const stages = describeStages([tally('narrate', { total: 2 })], { render: 10 });
  assert.deepEqual(new Set(stages.map(({ status }) => status)), new Set(['pending']));
  assert.equal(currentStage(stages), null);
});

it('names the earliest stage that runs when two overlap', () => {
  const stages = describeStages(
    [
      tally('narrate', { total: 2, done: 2, cached: 1 }),
      tally('plan', { total: 1, done: 1 }),
      tally('render', { total: 5, done: 2, running: 1 }),
      tally('mix', { total: 1, running: 1 }),
    ],
    { finish: 1 },
  );
  assert.deepEqual(
    stages.map(({ name, status }) => `${name} ${status}`),
    ['narrate done', 'fetch done', 'plan done', 'render running', 'mix running', 'finish pending'],
  );
  assert.equal(currentStage(stages), 'render');
  assert.deepEqual(stages[0], { name: 'narrate', status: 'done', done: 2, total: 2, cached: 1 });
});

it('does not call a stage done while work of it is still expected', () => {
  const stages = describeStages([tally('narrate', { total: 1, done: 1 })], { narrate: 3, plan: 1 });
  assert.equal(stages[0]?.status, 'running');
});

it('goes on calling a stage running between two of its tasks', () => {
  const stages = describeStages([tally('render', { total: 5, done: 2 })], {});
  assert.equal(currentStage(stages), 'render');
});

it('says what stages do in the units people count', () => {
  const counted = { units: 1830, unitsDone: 812, unitsCached: 300 };
  const stages = describeStages([tally('render', { total: 12, done: 5, running: 2, ...counted })], {});
  assert.deepEqual(stages[3]?.units, { kind: 'frames', done: 812, total: 1830, cached: 300 });
  assert.equal(stages[3]?.activity, 'Drawing 812 of 1830 frames');
  assert.equal(activityOf(stages, 'render', 'what the task said'), 'Drawing 812 of 1830 frames');
  assert.equal(activityOf(stages, null, null), null);
});

it('passes on what a task said of itself where counting says less', () => {
  const steps = { units: 4, unitsDone: 3 };
  const stages = describeStages([tally('finish', { total: 1, running: 1, ...steps })], {});
  assert.equal(activityOf(stages, 'finish', 'Checking the file'), 'Checking the file');
  const one = describeStages([tally('fetch', { total: 1, running: 1, units: 1 })], {});
  assert.equal(activityOf(one, 'fetch', 'Fetching example.org'), 'Fetching example.org');
});

function tally(stage: StageName, counts: Partial<StageTally>): StageTally {
  return {
    stage,
    total: 0,
    running: 0,
    done: 0,
    cached: 0,
    workSeconds: 0,
    doneSeconds: 0,
    ...noUnits,
    ...counts,
  };
}

const noUnits = { units: null, unitsDone: 0, unitsCached: 0, videoSeconds: 0 };
