import { AuraError, retryAfterSeconds, signWebhook } from '../../protocol/index.ts';
import {
  type DueTry,
  type PendingMessage,
  readPendingMessage,
  recordTry,
  type Tried,
} from '../../store/index.ts';
import type { EngineContext } from '../context.ts';
import { nextTry } from './next-try.ts';

/** How webhooks are posted. */
export interface WebhookSender {
  /** @returns the HTTP status, and what `Retry-After` says. @throws {AuraError} url_refused, fetch_failed. */
  post(request: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly timeoutSeconds: number;
    readonly signal: AbortSignal;
  }): Promise<{ readonly status: number; readonly retryAfter: string | undefined }>;
  /** Pause before the second try; 5 when absent. */
  readonly firstDelaySeconds?: number;
  /** How long one try may take; 10 when absent. */
  readonly timeoutSeconds?: number;
}

interface Running {
  readonly due: DueTry;
  readonly signal: AbortSignal;
}

/**
 * Posts a webhook once, and writes down how it went together with what follows: nothing any more, or the next try. At
 * least once: a process killed in between posts it again, with the same id.
 *
 * @throws the signal's reason when it is stopped; then nothing was written, and the try comes again.
 */
export async function runWebhook(
  context: EngineContext,
  sender: WebhookSender,
  { due, signal }: Running,
): Promise<void> {
  const message = await readPendingMessage(context.database, due);
  if (message === undefined) return;
  const answer = await post(context, sender, { message, signal });
  const tried: Tried = { ...answer, ...whatFollows(context, sender, { message, answer }) };
  const { jobId, id } = message;
  const { status, error, state } = tried;
  context.logger.info({ jobId, webhookId: id, status, error, state }, 'webhook tried');
  await context.database.transaction(async (transaction) => {
    const next = await recordTry(transaction, due, tried);
    if (next !== undefined && tried.nextTryAt !== null) {
      await context.queue.webhooks.send(transaction, next, tried.nextTryAt);
    }
  });
}

type Answer = Pick<Tried, 'at' | 'tookMs' | 'status' | 'error'> & {
  readonly isRefused: boolean;
  readonly retryAfter: string | undefined;
};

async function post(
  { now }: EngineContext,
  { post: send, timeoutSeconds = 10 }: WebhookSender,
  { message, signal }: { readonly message: PendingMessage; readonly signal: AbortSignal },
): Promise<Answer> {
  const { url, body } = message;
  const at = now();
  const began = performance.now();
  const result = await headersOf(message, at)
    .then((headers) => send({ url, headers, body, timeoutSeconds, signal }))
    .then((answer) => ({ ...answer, error: null, isRefused: false }), refusal);
  signal.throwIfAborted();
  return { at, tookMs: Math.round(performance.now() - began), ...result };
}

function refusal(error: unknown): Omit<Answer, 'at' | 'tookMs'> {
  const isRefused = error instanceof AuraError && error.code === 'url_refused';
  const reason = error instanceof Error ? error.message : String(error);
  return { status: null, error: reason, isRefused, retryAfter: undefined };
}

/** After the Standard Webhooks specification. Without a secret there is no signature. */
async function headersOf({ id, body, secret }: PendingMessage, at: Date): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Aura',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(secret && { 'webhook-signature': await signWebhook({ id, timestamp, body }, secret) }),
  };
}

/** 2xx is success; 410 and an address that may not be called end it; everything else may be better later. */
function whatFollows(
  { now }: EngineContext,
  { firstDelaySeconds = 5 }: WebhookSender,
  { message, answer }: { readonly message: PendingMessage; readonly answer: Answer },
): Pick<Tried, 'state' | 'nextTryAt'> {
  const { status, isRefused } = answer;
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered', nextTryAt: null };
  const { createdAt, tries } = message;
  const time = now();
  const again =
    status === 410 || isRefused
      ? undefined
      : nextTry({
          ...{ createdAt, firstDelaySeconds, tries: tries + 1 },
          ...{ now: time, random: Math.random() },
          retryAfterSeconds: retryAfterSeconds(answer.retryAfter, time),
        });
  return again === undefined
    ? { state: 'given-up', nextTryAt: null }
    : { state: 'pending', nextTryAt: again };
}
