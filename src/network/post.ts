import { AuraError } from '../protocol/index.ts';
import { requestPinned } from './request-pinned.ts';
import { type AllowAddress, resolveHost } from './resolve-host.ts';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long all of it may take. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

export interface PostAnswer {
  /** HTTP status. */
  readonly status: number;
  /** The header of that name. */
  readonly retryAfter: string | undefined;
}

/**
 * Posts to an address that a stranger gave. A redirect is an answer like any other: it is not followed.
 *
 * @returns what the answer's head says; its body is not read.
 * @throws {AuraError} url_refused, fetch_failed; the signal's own reason when it is aborted.
 */
export function createPost(allowAddress: AllowAddress): (post: Post) => Promise<PostAnswer> {
  return async ({ url, headers, body, timeoutSeconds, signal }) => {
    const deadline = AbortSignal.timeout(timeoutSeconds * 1_000);
    const either = AbortSignal.any([signal, deadline]);
    try {
      const target = new URL(url);
      const addresses = await resolveHost(target, allowAddress);
      either.throwIfAborted();
      const response = await requestPinned(target, addresses, {
        ...{ method: 'POST', headers, body, signal: either },
        idleMilliseconds: timeoutSeconds * 1_000,
      });
      response.destroy();
      return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AuraError) throw error;
      const reason = deadline.aborted ? `No answer in ${timeoutSeconds} s.` : reasonOf(error);
      throw new AuraError('fetch_failed', reason, { cause: error });
    }
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message || code;
}
