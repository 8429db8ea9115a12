import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { readWhole } from '../conformance/raw-stream.ts';
import { waitFor } from '../conformance/wait-for.ts';
import { openServer, post, script, type TestServer } from './open-server.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ streamWaitSeconds: 0.1 });
});
after(() => server[Symbol.asyncDispose]());

const send = (path: string, request?: RequestInit) => fetch(`${server.url}${path}`, request);
const linesOf = (key: string, value: unknown) => server.logLines.filter((line) => line[key] === value);
const requestIdOf = (response: Response) => response.headers.get('x-request-id');

async function create(headers = {}): Promise<{ readonly id: string; readonly response: Response }> {
  const response = await send('/api/jobs', post({ script }, headers));
  const { id } = JSON.parse(await response.text());
  return { id, response };
}

it('joins a request to the job that it made, whoever chose the id', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const first = await create(headers);
  const again = await create(headers);
  assert.equal(again.id, first.id);
  const told = [first, again].map(({ response }) =>
    linesOf('requestId', requestIdOf(response))
      .filter(({ jobId }) => jobId === first.id)
      .map(({ msg, isNew }) => ({ msg, isNew })),
  );
  assert.deepEqual(told, [
    [{ msg: 'job created', isNew: true }],
    [{ msg: 'job found by its idempotency key', isNew: false }],
  ]);
});

it('carries the request id in each line of a request, and the job id in each line about a job', async () => {
  const { id } = await create();
  await readWhole(server.port, `/api/jobs/${id}/events`);
  const missing = randomUUID();
  const answers = [
    await send(`/api/jobs/${id}`),
    await send(`/api/jobs/${id.toUpperCase()}/cancel`, { method: 'POST' }),
    await send(`/api/jobs/${id}/artifacts/video.mp4`),
    await send(`/api/jobs/${id}/artifacts/none.txt`),
    await send(`/api/jobs/${missing}`),
    await send(`/api/jobs/${missing}/events`),
    await send('/api/jobs/nonsense'),
    await send('/api/jobs', post({ script: 1 })),
  ];
  for (const answer of answers) await answer.arrayBuffer();
  for (const answer of answers)
    await waitFor(() => linesOf('requestId', requestIdOf(answer)).some(isAnswered));

  const ofRequests = server.logLines.filter(({ msg }) => requestMessages.includes(String(msg)));
  assert.deepEqual(new Set(ofRequests.map(({ msg }) => msg)), new Set(requestMessages));
  for (const line of ofRequests) assert.match(String(line['requestId']), /^[\w-]{36}$/, JSON.stringify(line));

  for (const jobId of [id, missing]) {
    const about = server.logLines.filter((line) => JSON.stringify(line).toLowerCase().includes(jobId));
    assert.ok(about.length >= 4, `${about.length}`);
    for (const line of about) assert.equal(line['jobId'], jobId, JSON.stringify(line));
  }
});

const requestMessages = ['job created', 'event stream', 'request refused', 'request answered'];

function isAnswered({ msg }: Record<string, unknown>): boolean {
  return msg === 'request answered';
}
