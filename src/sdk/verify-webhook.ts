import { AuraError, isSignatureRight, type WebhookBody, webhookBodySchema } from '../protocol/index.ts';

interface ReceivedWebhook {
  /** Of the request: a `Headers`, or Node's object. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The request's body, as it came: not parsed, not written anew. */
  readonly body: string;
  /** The secret the job was made with: `whsec_…`. */
  readonly secret: string;
  /** How old a message may be, and how far two clocks may differ, in seconds; 300 when absent. */
  readonly toleranceSeconds?: number;
}

/**
 * Proves that a webhook comes from who knows the secret, and lately. `id` is the same for every try of one message: one
 * that was handled before is to be answered 200 and not handled again.
 *
 * @throws {AuraError} request_malformed.
 */
export async function verifyWebhook(received: ReceivedWebhook): Promise<{ id: string; event: WebhookBody }> {
  const { body, secret, toleranceSeconds = 300 } = received;
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(received.headers, name),
  );
  if (id === undefined || timestamp === undefined || signatures === undefined) {
    throw refused('is not signed');
  }
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= toleranceSeconds)) {
    throw refused('is too old, or a clock is wrong');
  }
  if (!(await isSignatureRight({ id, timestamp, body }, signatures, secret))) {
    throw refused('is not signed with this secret');
  }
  const event = webhookBodySchema.safeParse(JSON.parse(body));
  if (!event.success) throw refused('is not as this version knows it');
  return { id, event: event.data };
}

function headerOf(headers: ReceivedWebhook['headers'], name: string): string | undefined {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return [value ?? undefined].flat()[0];
}

function refused(why: string): AuraError {
  return new AuraError('request_malformed', `The webhook ${why}.`);
}
