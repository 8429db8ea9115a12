import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createPost } from '../../src/network/post.ts';
import { type Job, type Webhook, webhookBodySchema } from '../../src/protocol/index.ts';
import { type Database, openDatabase, readWebhookLog } from '../../src/store/index.ts';
import { databaseKinds, startDatabases, type TestDatabases } from '../support/databases.ts';
import { type Received, startReceiver, type WebhookReceiver } from './support/receiver.ts';
import { waitFor } from './support/wait-for.ts';
import { openWorkshop, type Workshop } from './support/workshop.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

for (const kind of databaseKinds) {
  describe(`webhooks on ${kind}`, () => {
    let databases: TestDatabases;
    let database: Database;
    let workshop: Workshop;
    let receiver: WebhookReceiver;
    const sender = {
      post: createPost((address) => address === '127.0.0.1'),
      firstDelaySeconds: 0.05,
      timeoutSeconds: 0.5,
    };
    before(async () => {
      databases = await startDatabases(kind);
      database = await openDatabase(await databases.fresh());
      receiver = await startReceiver();
      workshop = openWorkshop(database, { webhooks: sender });
      await workshop.engine.start();
    });
    after(async () => {
      await workshop.engine.stop();
      await receiver.close();
      await database.close();
      await databases.stop();
    });

    const order = async (webhook?: Webhook): Promise<Job> =>
      (await workshop.engine.createJob({ title: 'A film', input: {}, webhook })).job;
    const messageOf = async ({ id }: Job) => (await readWebhookLog(database, id)).messages[0];
    const untilSettled = (job: Job) =>
      waitFor('the webhook to be settled', async () => {
        const message = await messageOf(job);
        return message !== undefined && message.state !== 'pending' && message;
      });

    it('tells of a completed job once, signed as Standard Webhooks say', async () => {
      const job = await order({ url: receiver.url('once'), secret });
      const message = await untilSettled(job);
      assert.equal(message.state, 'delivered');
      assert.deepEqual(
        message.tries.map(({ status }) => status),
        [200],
      );
      const [received, ...others] = receiver.received('once');
      assert.ok(received);
      assert.equal(others.length, 0);
      assertSigned(received);
      assert.equal(received.headers['webhook-id'], message.id);
      const body = webhookBodySchema.parse(JSON.parse(received.body));
      assert.equal(body.type, 'job.completed');
      assert.deepEqual(body.data, await workshop.job(job.id));
    });

    it('tries again after 500, silence, a cut connection and a redirect, with the same id and body', async () => {
      receiver.answers('shaky', [500, 'silence', 'reset', 302, 204]);
      const job = await order({ url: receiver.url('shaky'), secret });
      const message = await untilSettled(job);
      assert.equal(message.state, 'delivered');
      assert.deepEqual(
        message.tries.map(({ status }) => status),
        [500, null, null, 302, 204],
      );
      assert.match(message.tries[1]?.error ?? '', /0\.5 s/);
      const received = receiver.received('shaky');
      for (const each of received) assertSigned(each);
      assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 1);
      assert.equal(new Set(received.map(({ body }) => body)).size, 1);
      assert.equal(receiver.received('elsewhere').length, 0);
    });

    it('stops at 410', async () => {
      receiver.answers('gone', [410]);
      const message = await untilSettled(await order({ url: receiver.url('gone') }));
      assert.equal(message.state, 'given-up');
      assert.equal(message.nextTryAt, null);
      assert.equal(receiver.received('gone')[0]?.headers['webhook-signature'], undefined);
    });

    it('waits as long as a receiver asks for with Retry-After, and no longer than an hour', async () => {
      receiver.answers('later', [{ status: 503, retryAfter: '2' }]);
      const { tries } = await untilSettled(await order({ url: receiver.url('later') }));
      assert.deepEqual(
        tries.map(({ status }) => status),
        [503, 200],
      );
      const [first, second] = tries.map(({ at }) => Date.parse(at));
      assert.ok((second ?? 0) - (first ?? 0) >= 2_000, `${(second ?? 0) - (first ?? 0)} ms`);

      receiver.answers('date', [
        { status: 429, retryAfter: new Date(Date.now() + 86_400_000).toUTCString() },
      ]);
      const job = await order({ url: receiver.url('date') });
      const put = await waitFor('the try to be put off', async () => {
        const message = await messageOf(job);
        return message?.tries.length === 1 && message;
      });
      const pause = Date.parse(put.nextTryAt ?? '') - Date.parse(put.tries[0]?.at ?? '');
      assert.ok(pause >= 3_600_000 && pause < 3_700_000, `${pause} ms`);
    });

    it('refuses an address that is not public', async () => {
      const url = receiver.url('private').replace('127.0.0.1', '127.0.0.2');
      const message = await untilSettled(await order({ url }));
      assert.equal(message.state, 'given-up');
      assert.match(message.tries[0]?.error ?? '', /not a public address/);
      assert.equal(receiver.received('private').length, 0);
    });

    it('tells of each end: cancelled, and completed when it was tried again', async () => {
      workshop.studio.hold('plan');
      const { id } = await order({ url: receiver.url('twice') });
      await workshop.untilRunning('plan');
      await workshop.engine.cancel(id);
      workshop.studio.release('plan');
      await workshop.until(id, 'cancelled');
      await workshop.engine.retry(id);
      await workshop.until(id, 'completed');
      await waitFor('both', () => receiver.received('twice').length === 2);
      const types = receiver.received('twice').map(({ body }) => JSON.parse(body).type);
      assert.deepEqual(types.toSorted(), ['job.cancelled', 'job.completed']);
    });

    it('tells nobody when nobody asked', async () => {
      const { id } = await order();
      await workshop.until(id, 'completed');
      assert.deepEqual(await readWebhookLog(database, id), { webhook: null, messages: [] });
    });

    // The last: the engine is another one after it.
    it('keeps what is not delivered over a stop, and takes it up after the next start', async () => {
      receiver.answers('late', ['silence', 200]);
      const job = await order({ url: receiver.url('late') });
      await waitFor('the first try', () => receiver.received('late').length === 1);
      await workshop.engine.stop();
      assert.equal((await messageOf(job))?.state, 'pending');
      workshop = openWorkshop(database, { webhooks: sender });
      await workshop.engine.start();
      assert.equal((await untilSettled(job)).state, 'delivered');
      assert.equal(new Set(receiver.received('late').map(({ headers }) => headers['webhook-id'])).size, 1);
    });
  });
}

/** Checked with other code than that which signed. */
function assertSigned({ headers, body }: Received): void {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  assert.equal(signature, `v1,${expected}`);
  assert.ok(Math.abs(Date.now() / 1_000 - Number(timestamp)) < 60);
}
