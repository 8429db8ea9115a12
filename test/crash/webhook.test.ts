import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { webhookLogSchema } from '../../src/protocol/index.ts';
import { verifyWebhook } from '../../src/sdk/index.ts';
import { startReceiver, type WebhookReceiver } from '../engine/support/receiver.ts';
import { waitFor } from '../engine/support/wait-for.ts';
import { databaseKinds, startDatabases } from '../support/databases.ts';
import { startServerProcess } from './server-process.ts';

const secret = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;
let root = '';
let receiver: WebhookReceiver;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'aura-webhook-'));
  receiver = await startReceiver();
});
after(async () => {
  await receiver.close();
  await rm(root, { recursive: true, force: true });
});

for (const kind of databaseKinds) {
  test(`kill -9 while a webhook is being posted: it is posted again, on ${kind}`, async () => {
    const databases = await startDatabases(kind);
    const { databaseUrl } = await databases.fresh();
    const settings = { dataDirectory: join(root, kind), databaseUrl };
    // The first one is never answered: the server is killed while it waits.
    receiver.answers(kind, ['silence']);
    const first = await startServerProcess(settings);
    const job = await first.client.export({
      script: '# Hello\n\nSaid.\n',
      output: { width: 160, height: 90, fps: 24 },
      webhook: { url: receiver.url(kind), secret },
    });
    await waitFor('the first try', () => receiver.received(kind).length === 1);
    await first.kill();
    const second = await startServerProcess(settings);
    try {
      const log = await waitFor('the delivery', async () => {
        const response = await fetch(`${second.url}/api/jobs/${job.id}/webhooks`);
        const now = webhookLogSchema.parse(await response.json());
        return now.messages[0]?.state === 'delivered' && now;
      });
      // What was under way when it was killed was written down by nobody.
      assert.deepEqual(
        log.messages[0]?.tries.map(({ status }) => status),
        [200],
      );
      const seen = await Promise.all(
        receiver.received(kind).map((each) => verifyWebhook({ ...each, secret })),
      );
      assert.equal(seen.length, 2);
      assert.equal(new Set(seen.map(({ id }) => id)).size, 1);
      assert.deepEqual(seen[1]?.event.data, await second.client.job(job.id).refresh());
    } finally {
      await second.kill('SIGTERM');
      await databases.stop();
    }
  });
}
