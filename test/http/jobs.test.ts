import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Job, jobListSchema, jobSchema } from '../../src/protocol/index.ts';
import { readWhole } from '../conformance/raw-stream.ts';
import { heldVideo } from './held-video.ts';
import { openServer, post, script, type TestServer } from './open-server.ts';
import { problemOf } from './problem-of.ts';

let server: TestServer;
/** Tasks wait here until a test lets them go. */
let gate = Promise.withResolvers<void>();
before(async () => {
  server = await openServer({ runTask: heldVideo(() => gate.promise) });
});
after(() => server[Symbol.asyncDispose]());

const url = (path: string) => `${server.url}${path}`;

async function create(body: object = { script }, headers = {}): Promise<Job> {
  const response = await fetch(url('/api/jobs'), post(body, headers));
  assert.equal(response.status, 202, await response.clone().text());
  return jobSchema.parse(await response.json());
}

/** Follows the job's stream to its end and returns the job. */
async function ended(id: string): Promise<Job> {
  await readWhole(server.port, `/api/jobs/${id}/events`);
  return jobSchema.parse(await (await fetch(url(`/api/jobs/${id}`))).json());
}

describe('POST /api/jobs', () => {
  it('answers 202 with the address and the snapshot of a job that is there for everybody', async () => {
    const response = await fetch(url('/api/jobs'), post({ script }));
    assert.equal(response.status, 202);
    const job = jobSchema.parse(await response.json());
    assert.equal(response.headers.get('location'), `/api/jobs/${job.id}`);
    assert.equal(job.title, 'Hello');
    const read = jobSchema.parse(await (await fetch(url(`/api/jobs/${job.id}`))).json());
    assert.ok(read.seq >= job.seq);
  });

  it('takes a composition as it is', async () => {
    const scenes = [{ id: 'one', narration: [{ text: 'Spoken.' }] }];
    const job = await create({ composition: { version: 1, title: 'As data', scenes } });
    assert.equal(job.title, 'As data');
  });

  it('takes the id the client chose, once', async () => {
    const id = randomUUID();
    const stream = readWhole(server.port, `/api/jobs/${id}/events`);
    assert.equal((await create({ id, script })).id, id);
    const again = await fetch(url('/api/jobs'), post({ id, script }));
    assert.equal(again.status, 409);
    assert.equal((await problemOf(again)).code, 'job_exists');
    await fetch(url(`/api/jobs/${id}/cancel`), { method: 'POST' });
    assert.equal((await stream).messages.at(-1)?.event, 'cancelled');
  });

  it('makes one job for one Idempotency-Key, even when asked twice at once', async () => {
    const headers = { 'idempotency-key': `key ${randomUUID()}` };
    const jobs = await Promise.all([1, 2, 3].map(() => create({ script }, headers)));
    assert.equal(new Set(jobs.map(({ id }) => id)).size, 1);
    assert.notEqual((await create({ script }, { 'idempotency-key': randomUUID() })).id, jobs[0]?.id);
  });

  it('makes text storable that JSON can carry but a database cannot', async () => {
    const job = await create('{"script":"# A\\u0000B\\ud800C\\n\\nSpoken.\\n"}' as unknown as object);
    assert.equal(job.title.toWellFormed(), job.title);
    assert.ok(!job.title.includes('\0'));
  });
});

describe('GET /api/jobs', () => {
  it('lists all jobs, newest first, page by page', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count++) made.unshift((await create()).id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = jobListSchema.parse(
        await (await fetch(url(`/api/jobs?limit=2${cursor && `&cursor=${cursor}`}`))).json(),
      );
      assert.ok(page.jobs.length <= 2);
      seen.push(...page.jobs.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    assert.deepEqual(seen.slice(0, 5), made);
    assert.equal(new Set(seen).size, seen.length);
  });

  it('lists those named by ids, as far as they exist', async () => {
    const [one, , three] = [await create(), await create(), await create()];
    const list = async (ids: string[], rest = '') =>
      jobListSchema.parse(await (await fetch(url(`/api/jobs?ids=${ids.join(',')}${rest}`))).json());
    const { jobs, nextCursor } = await list([one.id.toUpperCase(), randomUUID(), three.id]);
    assert.deepEqual([jobs.map(({ id }) => id), nextCursor], [[three.id, one.id], null]);
    const first = await list([one.id, three.id], '&limit=1');
    const second = await list([one.id, three.id], `&limit=1&cursor=${first.nextCursor}`);
    assert.deepEqual([first.jobs[0]?.id, second.jobs[0]?.id, second.nextCursor], [three.id, one.id, null]);
    for (const ids of ['nonsense', '', Array.from({ length: 101 }, () => randomUUID()).join(',')]) {
      const refused = await fetch(url(`/api/jobs?ids=${ids}`));
      assert.deepEqual([refused.status, (await problemOf(refused)).code], [422, 'body_invalid'], ids);
    }
  });
});

describe('a job’s life over HTTP', () => {
  it('runs, shows a picture, ends, and can be fetched', async () => {
    const { id } = await create();
    const stream = readWhole(server.port, `/api/jobs/${id}/events`);
    gate.resolve();
    const { messages } = await stream;
    assert.equal(messages.at(-1)?.event, 'completed');
    const job = await ended(id);
    assert.equal(job.status, 'completed');
    assert.equal(job.progress, 1);
    const preview = await fetch(url(`/api/jobs/${id}/preview`));
    assert.equal(preview.status, 200);
    assert.equal(preview.headers.get('content-type'), 'image/jpeg');
    assert.equal(preview.headers.get('cache-control'), 'no-store');
    assert.deepEqual([...new Uint8Array(await preview.arrayBuffer())], [0xff, 0xd8, 0xff, 0xd9]);
    const video = await fetch(url(`/api/jobs/${id}/artifacts/video.mp4`));
    assert.equal(await video.text(), 'video');
    for (const action of ['cancel', 'retry']) {
      const refused = await fetch(url(`/api/jobs/${id}/${action}`), { method: 'POST' });
      assert.equal(refused.status, 409);
      assert.equal((await problemOf(refused)).code, 'job_finished');
    }
    gate = Promise.withResolvers();
  });

  it('is cancelled and tried again under the same id', async () => {
    const { id } = await create();
    const early = await fetch(url(`/api/jobs/${id}/retry`), { method: 'POST' });
    assert.equal(early.status, 409);
    assert.equal((await problemOf(early)).code, 'job_not_finished');
    const cancelled = await fetch(url(`/api/jobs/${id}/cancel`), { method: 'POST' });
    assert.equal(cancelled.status, 202);
    assert.match(jobSchema.parse(await cancelled.json()).status, /^cancel(ling|led)$/);
    assert.equal((await ended(id)).status, 'cancelled');
    gate.resolve();
    // Clients send the content type with nothing, too.
    const retried = await fetch(url(`/api/jobs/${id}/retry`), post(''));
    assert.equal(retried.status, 202);
    assert.equal(jobSchema.parse(await retried.json()).attempt, 2);
    assert.equal((await ended(id)).status, 'completed');
  });
});

describe('a job that is not there', () => {
  const missing = randomUUID();
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/cancel'],
    ['POST', '/retry'],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['DELETE', ''],
    ['GET', '/artifacts/video.mp4'],
    ['HEAD', '/artifacts/video.mp4'],
  ] as const) {
    it(`is a 404 for ${method} ${path}`, async () => {
      for (const id of [missing, 'not-an-id', '%00', 'a'.repeat(400)]) {
        const response = await fetch(url(`/api/jobs/${id}${path}`), { method });
        assert.equal(response.status, 404, id);
        if (method !== 'HEAD') assert.equal((await problemOf(response)).code, 'job_not_found');
      }
    });
  }

  it('has no picture', async () => {
    const response = await fetch(url(`/api/jobs/${missing}/preview`));
    assert.equal(response.status, 404);
    assert.equal((await problemOf(response)).code, 'artifact_not_found');
  });
});
