import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Job, pendingStages, reduceJob } from '../../src/protocol/index.ts';
import { mergeJobs, noLiveJobs } from '../../src/web/jobs/merge-jobs.ts';

const [monday, tuesday, wednesday] = [1, 2, 3].map((day) =>
  jobOf(`job-${day}`, `2026-01-0${day}T00:00:00.000Z`),
);
assert.ok(monday && tuesday && wednesday);
const all = { hasMore: false };

test('what was heard replaces what was read, unless that is newer', () => {
  const heard = { ...tuesday, seq: 4, title: 'Heard' };
  assert.deepEqual(mergeJobs([tuesday, monday], { ...noLiveJobs, jobs: [heard] }, all), [heard, monday]);
  const read = { ...tuesday, seq: 5, title: 'Read' };
  assert.deepEqual(mergeJobs([read, monday], { ...noLiveJobs, jobs: [heard] }, all), [read, monday]);
});

test('a new job takes its place by its age', () => {
  const live = { ...noLiveJobs, jobs: [wednesday, tuesday] };
  assert.deepEqual(mergeJobs([tuesday, monday], live, all), [wednesday, tuesday, monday]);
});

test('a job older than what was read waits for its page', () => {
  const live = { ...noLiveJobs, jobs: [monday] };
  assert.deepEqual(mergeJobs([tuesday], live, { hasMore: true }), [tuesday]);
  assert.deepEqual(mergeJobs([tuesday], live, all), [tuesday, monday]);
});

test('a deleted job is not shown', () => {
  assert.deepEqual(mergeJobs([tuesday, monday], { jobs: [], deleted: new Set([monday.id]) }, all), [tuesday]);
});

function jobOf(jobId: string, at: string): Job {
  return reduceJob(undefined, { kind: 'created', jobId, title: jobId, stages: pendingStages(), seq: 1, at });
}
