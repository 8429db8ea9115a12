import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ErrorCode, type Job, jobSchema, type NewJobEvent } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { append, createLoggedJob, failure } from './job-log.ts';
import { openServer, type TestServer } from './open-server.ts';
import { problemOf } from './problem-of.ts';

let server: TestServer;
before(async () => {
  server = await openServer();
});
after(() => server[Symbol.asyncDispose]());

/** What leads to each status, after `created`. */
const ways = {
  queued: [],
  running: [{ kind: 'started' }],
  cancelling: [{ kind: 'started' }, { kind: 'cancelling' }],
  completed: [{ kind: 'started' }, { kind: 'completed', artifacts: [] }],
  failed: [{ kind: 'started' }, { kind: 'failed', error: failure }],
  cancelled: [{ kind: 'started' }, { kind: 'cancelling' }, { kind: 'cancelled' }],
} as const satisfies Partial<Record<Job['status'], readonly NewJobEvent[]>>;
type Status = keyof typeof ways;

const refusals: readonly (readonly [Status, readonly string[], ErrorCode])[] = [
  ['completed', ['cancel', 'retry', 'pause', 'resume'], 'job_finished'],
  ['failed', ['cancel', 'pause', 'resume'], 'job_finished'],
  ['cancelled', ['pause', 'resume'], 'job_finished'],
  ['cancelling', ['pause', 'resume'], 'job_cancelled'],
  ['cancelling', ['retry', 'delete'], 'job_not_finished'],
  ['running', ['retry', 'delete'], 'job_not_finished'],
  ['queued', ['retry', 'delete'], 'job_not_finished'],
];

for (const [status, commands, code] of refusals) {
  for (const command of commands) {
    it(`${command} of a ${status} job is refused with its status`, async () => {
      const { id, seq } = await jobThatIs(status);
      const refused = await send(id, command);
      assert.equal(refused.status, 409);
      const problem = await problemOf(refused);
      assert.deepEqual([problem.code, problem.jobStatus], [code, status]);
      assert.equal((await read(id)).seq, seq, 'nothing has changed');
    });
  }
}

describe('cancelling twice', () => {
  for (const status of ['cancelling', 'cancelled'] as const) {
    it(`a ${status} job answers with the job as it is`, async () => {
      const { id, seq } = await jobThatIs(status);
      for (let time = 1; time <= 2; time++) {
        const answer = await send(id, 'cancel');
        assert.equal(answer.status, 202);
        const job = jobSchema.parse(await answer.json());
        assert.deepEqual([job.status, job.seq], [status, seq]);
      }
    });
  }
});

it('the SDK’s error has the status; other errors have none', async () => {
  const { id } = await jobThatIs('failed');
  const client = new AuraClient({ baseUrl: server.url });
  await assert.rejects(client.job(id).cancel(), { code: 'job_finished', jobStatus: 'failed' });
  await client.job(id).delete();
  await assert.rejects(client.job(id).cancel(), { code: 'job_not_found', jobStatus: undefined });
});

async function jobThatIs(status: Status): Promise<Job> {
  const { id } = await createLoggedJob(server.database);
  if (ways[status].length > 0) await append(server.database, id, ...ways[status]);
  const job = await read(id);
  assert.equal(job.status, status);
  return job;
}

function send(id: string, command: string): Promise<Response> {
  const path = `${server.url}/api/jobs/${id}`;
  return command === 'delete'
    ? fetch(path, { method: 'DELETE' })
    : fetch(`${path}/${command}`, { method: 'POST' });
}

async function read(id: string): Promise<Job> {
  return jobSchema.parse(await (await fetch(`${server.url}/api/jobs/${id}`)).json());
}
