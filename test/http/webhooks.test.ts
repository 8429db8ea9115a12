import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { jobSchema, webhookLogSchema } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { readWhole } from '../conformance/raw-stream.ts';
import { openServer, post, script, type TestServer } from './open-server.ts';
import { problemOf } from './problem-of.ts';

let server: TestServer;
before(async () => {
  server = await openServer();
});
after(() => server[Symbol.asyncDispose]());

const secret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;

it('shows what is posted, and never the secret', async () => {
  const url = 'https://receiver.example/hook';
  const created = await fetch(`${server.url}/api/jobs`, post({ script, webhook: { url, secret } }));
  assert.equal(created.status, 202);
  const { id } = jobSchema.parse(await created.json());
  await readWhole(server.port, `/api/jobs/${id}/events`);
  const text = await (await fetch(`${server.url}/api/jobs/${id}/webhooks`)).text();
  assert.ok(!text.includes(secret));
  const { webhook, messages } = webhookLogSchema.parse(JSON.parse(text));
  assert.deepEqual(webhook, { url, isSigned: true });
  assert.deepEqual(await new AuraClient({ baseUrl: server.url }).job(id).webhooks(), { webhook, messages });
  // This server has nobody to post them: the message waits for a worker.
  assert.deepEqual(
    messages.map(({ type, state, tries }) => [type, state, tries.length]),
    [['job.completed', 'pending', 0]],
  );
});

it('answers 404 for a job that is not there, and an empty log for one that has no webhook', async () => {
  const missing = await fetch(`${server.url}/api/jobs/${randomUUID()}/webhooks`);
  assert.equal((await problemOf(missing)).code, 'job_not_found');
  const created = await fetch(`${server.url}/api/jobs`, post({ script }));
  const { id } = jobSchema.parse(await created.json());
  const log = await (await fetch(`${server.url}/api/jobs/${id}/webhooks`)).json();
  assert.deepEqual(log, { webhook: null, messages: [] });
});

for (const webhook of [
  {},
  { url: 'ftp://receiver.example' },
  { url: 'receiver' },
  { url: 'https://user:word@receiver.example' },
  { url: 'https://receiver.example', secret: 'short' },
  { url: 'https://receiver.example', secret: 'whsec_AAAA' },
]) {
  it(`refuses the webhook ${JSON.stringify(webhook)}`, async () => {
    const response = await fetch(`${server.url}/api/jobs`, post({ script, webhook }));
    assert.equal(response.status, 422);
    const { issues = [] } = await problemOf(response);
    assert.ok(issues.every(({ path }) => path.startsWith('webhook')) && issues.length > 0);
  });
}
