import assert from 'node:assert/strict';
import { type Job, type JobEvent, reduceJob } from '../../src/protocol/index.ts';
import type { Hopped } from './hop-to-end.ts';

/** Every event of the log once and in order, from where the watcher began; and the same state at the end. */
export function checkAgainstLog(
  { snapshot, events, state }: Hopped,
  log: readonly JobEvent[],
  job: Job,
): void {
  const known = log.slice(0, snapshot?.seq ?? 0);
  if (snapshot !== undefined) {
    assert.deepEqual(
      snapshot,
      known.reduce<Job | undefined>(reduceJob, undefined),
      'the snapshot is the fold',
    );
  }
  assert.deepEqual(events, log.slice(known.length));
  assert.deepEqual(state, job);
  assert.deepEqual(
    log.map(({ seq }) => seq),
    log.map((_, index) => index + 1),
    'the log has no gap',
  );
}
