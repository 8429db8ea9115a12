import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The request's `X-Request-Id` when it is safe to repeat in headers and logs, otherwise a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}
