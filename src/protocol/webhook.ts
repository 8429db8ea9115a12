import { z } from 'zod';
import { jobSchema } from './job.ts';

/** Who is told when a job ends. */
export const webhookSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .max(2_000)
    .refine((url) => !URL.parse(url)?.username && !URL.parse(url)?.password, {
      error: 'must not contain a user name or a password',
    })
    .describe('Gets a POST when the job has completed, failed or was cancelled.'),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, { error: 'must be whsec_ and 24 to 64 bytes in base64' })
    .optional()
    .describe('Signs what is posted. It is kept, and shown to nobody.'),
});
export type Webhook = z.output<typeof webhookSchema>;

export const webhookTypes = ['job.completed', 'job.failed', 'job.cancelled'] as const;

/** The body of what is posted. */
export const webhookBodySchema = z.strictObject({
  type: z.enum(webhookTypes),
  timestamp: z.iso.datetime().describe('When the job ended.'),
  data: jobSchema,
});
export type WebhookBody = z.output<typeof webhookBodySchema>;

/** What `GET /api/jobs/{id}/webhooks` answers. */
export const webhookLogSchema = z.strictObject({
  webhook: z
    .strictObject({ url: z.string(), isSigned: z.boolean() })
    .nullable()
    .describe('null when nobody asked to be told.'),
  messages: z
    .array(
      z.strictObject({
        id: z.string().describe('webhook-id: the same at every try.'),
        type: z.enum(webhookTypes),
        attempt: z.int().describe('Of the job.'),
        state: z.enum(['pending', 'delivered', 'given-up']),
        createdAt: z.iso.datetime(),
        nextTryAt: z.iso.datetime().nullable(),
        tries: z.array(
          z.strictObject({
            at: z.iso.datetime(),
            tookMs: z.int(),
            status: z.int().nullable().describe('What the receiver answered; null when it did not.'),
            error: z.string().nullable(),
          }),
        ),
      }),
    )
    .describe('One for each end of the job: a job that is tried again can end again.'),
});
export type WebhookLog = z.output<typeof webhookLogSchema>;
export type WebhookMessage = WebhookLog['messages'][number];

/** What a signature covers, after the Standard Webhooks specification (standardwebhooks.com). */
export interface SignedContent {
  /** webhook-id. */
  readonly id: string;
  /** webhook-timestamp: seconds since 1970. */
  readonly timestamp: string;
  readonly body: string;
}

/** webhook-signature: `v1,` and the HMAC-SHA256 in base64. */
export async function signWebhook(content: SignedContent, secret: string): Promise<string> {
  const key = await keyOf(secret, 'sign');
  const signature = await crypto.subtle.sign('HMAC', key, bytesOf(content));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
}

/** Whether one of the signatures (separated by spaces) is right. Takes the same time for all that are wrong. */
export async function isSignatureRight(
  content: SignedContent,
  signatures: string,
  secret: string,
): Promise<boolean> {
  const key = await keyOf(secret, 'verify');
  for (const signature of signatures.split(' ')) {
    const [version, value = ''] = signature.split(',');
    const bytes = version === 'v1' ? fromBase64(value) : undefined;
    if (bytes !== undefined && (await crypto.subtle.verify('HMAC', key, bytes, bytesOf(content))))
      return true;
  }
  return false;
}

async function keyOf(secret: string, usage: 'sign' | 'verify') {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (bytes === undefined) throw new RangeError('the secret is not base64');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [usage]);
}

function bytesOf({ id, timestamp, body }: SignedContent): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${id}.${timestamp}.${body}`);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
