import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobLines, jobSentence } from '../../src/cli/job-text.ts';
import type { Job } from '../../src/protocol/index.ts';
import { firstEvents, fold, numbered } from '../sdk/sample-log.ts';

const job: Job = { ...fold(numbered(firstEvents)), title: 'Tea', progress: 0.446, stage: 'render' };

test('one sentence says how an export is', () => {
  assert.equal(jobSentence(job), '“Tea” is going on (44 %).');
  assert.equal(jobSentence({ ...job, attempt: 2 }), '“Tea” is going on (44 %, attempt 2).');
  assert.equal(jobSentence({ ...job, isPausing: true }), '“Tea” pauses when what is being done now is done.');
  assert.equal(
    jobSentence({ ...job, status: 'queued', attempt: 3 }),
    '“Tea” is waiting for its turn, attempt 3.',
  );
  assert.equal(jobSentence({ ...job, status: 'cancelling' }), '“Tea” is being cancelled.');
});

test('a list is a line for each, in columns, whatever a title holds', () => {
  const createdAt = '2026-01-31T12:00:00.000Z';
  const lines = jobLines([
    { ...job, createdAt, title: 'Tea\n\u001b[2Jfor two' },
    { ...job, createdAt, status: 'failed' },
    { ...job, createdAt, status: 'paused' },
  ]);
  const columns = new RegExp(`^${job.id}  (.{12})  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  (.*)$`);
  assert.deepEqual(
    lines.map((line) => columns.exec(line)?.slice(1)),
    [
      ['Drawing 44 %', 'Tea [2Jfor two'],
      ['Failed      ', 'Tea'],
      ['Paused 44 % ', 'Tea'],
    ],
  );
});
