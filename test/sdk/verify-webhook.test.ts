import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuraError, signWebhook, type WebhookBody } from '../../src/protocol/index.ts';
import { verifyWebhook } from '../../src/sdk/index.ts';
import { completedLog, fold } from './sample-log.ts';

const secret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
const job = fold(completedLog);
const event: WebhookBody = { type: 'job.completed', timestamp: '2026-01-01T00:00:00.000Z', data: job };
const body = JSON.stringify(event);

test('signs as the specification’s example does', async () => {
  const content = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: '{"test": 2432232314}',
  };
  const signature = await signWebhook(content, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  assert.equal(signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('what is signed with the secret is believed, from a Headers or from Node’s object', async () => {
  const headers = await signed();
  assert.deepEqual(await verifyWebhook({ headers, body, secret }), { id: 'one', event });
  assert.deepEqual(await verifyWebhook({ headers: new Headers(headers), body, secret }), {
    id: 'one',
    event,
  });
  const rotated = { ...headers, 'webhook-signature': `v1,AAAA v2,x ${headers['webhook-signature']}` };
  assert.deepEqual(await verifyWebhook({ headers: rotated, body, secret }), { id: 'one', event });
});

const now = () => Math.floor(Date.now() / 1_000);
const wrong: Record<string, () => Promise<Parameters<typeof verifyWebhook>[0]>> = {
  'another body': async () => ({
    headers: await signed(),
    body: body.replace('completed', 'failed'),
    secret,
  }),
  'another id': async () => ({ headers: { ...(await signed()), 'webhook-id': 'two' }, body, secret }),
  'another secret': async () => ({
    ...{ headers: await signed(), body },
    secret: `whsec_${Buffer.alloc(24, 6).toString('base64')}`,
  }),
  'an old message': async () => ({ headers: await signed(now() - 301), body, secret }),
  'a message of the future': async () => ({ headers: await signed(now() + 400), body, secret }),
  'a time that is none': async () => ({ headers: await signed(Number.NaN), body, secret }),
  'no signature': async () => ({
    headers: { 'webhook-id': 'one', 'webhook-timestamp': `${now()}` },
    body,
    secret,
  }),
  'a signature that is not base64': async () => ({
    ...{ body, secret },
    headers: { ...(await signed()), 'webhook-signature': 'v1,%%%' },
  }),
};

for (const [name, received] of Object.entries(wrong)) {
  test(`${name} is refused`, async () => {
    await assert.rejects(
      verifyWebhook(await received()),
      (error) => error instanceof AuraError && error.code === 'request_malformed',
    );
  });
}

async function signed(seconds = now()): Promise<Record<string, string>> {
  const timestamp = `${seconds}`;
  const signature = await signWebhook({ id: 'one', timestamp, body }, secret);
  return { 'webhook-id': 'one', 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}
