import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type Job, jobListSchema, jobSchema } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { artifactKey } from '../../src/storage/artifact-key.ts';
import { appendEvents, deleteJobRow, lockJob } from '../../src/store/index.ts';
import { readWhole } from '../conformance/raw-stream.ts';
import { waitFor } from '../engine/support/wait-for.ts';
import { heldVideo } from './held-video.ts';
import { openServer, post, script, type TestServer } from './open-server.ts';
import { problemOf } from './problem-of.ts';

let server: TestServer;
/** Tasks wait here until a test lets them go. */
let gate = Promise.withResolvers<void>();
before(async () => {
  server = await openServer({ maxQueued: 2, runTask: heldVideo(() => gate.promise) });
});
after(() => server[Symbol.asyncDispose]());

const url = (path: string) => `${server.url}${path}`;
const send = (path: string, method = 'POST') => fetch(url(path), { method });

async function create(body: object = { script }, headers = {}): Promise<Job> {
  const response = await fetch(url('/api/jobs'), post(body, headers));
  assert.equal(response.status, 202, await response.clone().text());
  return jobSchema.parse(await response.json());
}

const read = async (id: string) => jobSchema.parse(await (await fetch(url(`/api/jobs/${id}`))).json());
const until = (id: string, status: Job['status']) =>
  waitFor(`the job to be ${status}`, async () => (await read(id)).status === status);

async function completed(): Promise<Job> {
  const { id } = await create();
  gate.resolve();
  await until(id, 'completed');
  gate = Promise.withResolvers();
  return read(id);
}

describe('Idempotency-Key', () => {
  it('stands for one body, in whatever order its members come', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await create({ script, output: { aspect: '9:16', fps: 25 } }, headers);
    const again = await create({ output: { fps: 25, aspect: '9:16' }, script }, headers);
    assert.equal(again.id, first.id);
    const other = await fetch(url('/api/jobs'), post({ script: `${script}More.` }, headers));
    assert.equal(other.status, 422);
    const problem = await problemOf(other);
    assert.equal(problem.code, 'idempotency_mismatch');
    assert.match(problem.detail, new RegExp(first.id));
    gate.resolve();
    await until(first.id, 'completed');
    gate = Promise.withResolvers();
  });
});

describe('a full queue', () => {
  it('is a 429 that says when to come again, and so for a retry', async () => {
    const running = await create();
    await until(running.id, 'running');
    const waiting = [await create(), await create()];
    const refused = await fetch(url('/api/jobs'), post({ script }));
    assert.equal(refused.status, 429);
    assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]\d{0,2}$/);
    assert.equal((await problemOf(refused)).code, 'queue_full');
    const client = new AuraClient({ baseUrl: server.url });
    await assert.rejects(client.export({ script }), (error: { retryAfterSeconds?: number }) => {
      return Number(error.retryAfterSeconds) >= 1;
    });
    assert.equal((await fetch(url('/api/jobs'))).status, 200);
    gate.resolve();
    for (const { id } of [running, ...waiting]) await until(id, 'completed');
    gate = Promise.withResolvers();
  });
});

describe('POST /api/jobs/{id}/pause and resume', () => {
  it('pauses at the next border and goes on', async () => {
    const { id } = await create();
    await until(id, 'running');
    const waiting = await create({ script, priority: 'low' });
    assert.equal(waiting.priority, 'low');
    const pausing = await send(`/api/jobs/${id}/pause`);
    assert.equal(pausing.status, 202);
    assert.equal(jobSchema.parse(await pausing.json()).isPausing, true);
    const paused = jobSchema.parse(await (await send(`/api/jobs/${waiting.id}/pause`)).json());
    assert.equal(paused.status, 'paused');
    // The only task of the first one is its last: it completes instead.
    gate.resolve();
    await until(id, 'completed');
    gate = Promise.withResolvers();
    gate.resolve();
    assert.equal((await send(`/api/jobs/${waiting.id}/resume`)).status, 202);
    await until(waiting.id, 'completed');
    gate = Promise.withResolvers();
    for (const command of ['pause', 'resume', 'cancel']) {
      const refused = await send(`/api/jobs/${id}/${command}`);
      assert.equal(refused.status, 409);
      const problem = await problemOf(refused);
      assert.equal(problem.code, 'job_finished');
      assert.match(problem.detail, /completed/);
    }
  });
});

describe('DELETE /api/jobs/{id}', () => {
  it('removes an ended job for everybody: its entry, log, picture and file', async () => {
    const { id, artifacts } = await completed();
    const [artifact] = artifacts;
    assert.ok(artifact);
    const file = await server.storage.localPath(artifactKey(artifact));
    const list = jobListSchema.parse(await (await fetch(url('/api/jobs'))).json());
    const others = list.jobs.filter((job) => job.id !== id && job.status === 'completed');
    // They made the very same bytes.
    for (const job of others) {
      assert.equal((await send(`/api/jobs/${job.id}`, 'DELETE')).status, 204);
      assert.ok(existsSync(file), 'the file is still another job’s');
    }
    const deleted = await send(`/api/jobs/${id}`, 'DELETE');
    assert.equal(deleted.status, 204);
    assert.equal(await deleted.text(), '');
    assert.ok(!existsSync(file));
    for (const [path, method] of [
      ['', 'DELETE'],
      ['', 'GET'],
      ['/artifacts/video.mp4', 'GET'],
      ['/preview', 'GET'],
      ['/retry', 'POST'],
    ] as const) {
      assert.equal((await send(`/api/jobs/${id}${path}`, method)).status, 404, `${method} ${path}`);
    }
    const left = jobListSchema.parse(await (await fetch(url('/api/jobs'))).json());
    assert.ok(!left.jobs.some((job) => job.id === id));
  });

  it('ends a stream whose job ended and was deleted before anybody could tell it', async () => {
    const { id } = await create();
    const stream = readWhole(server.port, `/api/jobs/${id}/events`);
    await waitFor('the stream to listen', () => server.subscriptionCount() > 0);
    await server.database.transaction(async (transaction) => {
      const job = await lockJob(transaction, id);
      const events = [{ kind: 'cancelled' } as const];
      await appendEvents(transaction, { jobId: id, state: job?.state, events, now: new Date() });
      await deleteJobRow(transaction, id);
    });
    const { messages } = await stream;
    assert.equal(messages[0]?.event, 'snapshot');
  });

  it('ends the watching of whoever still watches, with job_not_found', async () => {
    const { id } = await completed();
    const client = new AuraClient({ baseUrl: server.url });
    await client.job(id).delete();
    await assert.rejects(client.job(id).result(), { code: 'job_not_found' });
    await assert.rejects(client.job(id).delete(), { code: 'job_not_found' });
  });

  it('refuses one that has not ended, and says what to do', async () => {
    const { id } = await create();
    const refused = await send(`/api/jobs/${id}`, 'DELETE');
    assert.equal(refused.status, 409);
    const problem = await problemOf(refused);
    assert.equal(problem.code, 'job_not_finished');
    assert.match(problem.action, /cancel it first/);
    gate.resolve();
    await until(id, 'completed');
    gate = Promise.withResolvers();
  });
});
