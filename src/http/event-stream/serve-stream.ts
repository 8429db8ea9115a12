import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { type OpenStream, openStream, StreamClosed } from './open-stream.ts';

/** Hands out, for each request, what aborts when its client has gone or the server closes. */
export function createAdmission(app: App): {
  admit<Answer>(reply: FastifyReply, answer: (closing: AbortController) => Promise<Answer>): Promise<Answer>;
} {
  const open = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const closing of open) closing.abort(new StreamClosed('server closing'));
  });
  return {
    async admit(reply, answer) {
      const closing = new AbortController();
      open.add(closing);
      reply.raw.once('close', () => closing.abort(new StreamClosed('client left')));
      try {
        return await answer(closing);
      } finally {
        open.delete(closing);
      }
    },
  };
}

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly closing: AbortController;
  readonly heartbeatSeconds: number;
}

/**
 * Sends a stream and says how it ended, for the log. The response is no longer Fastify's from here on: nothing is thrown.
 */
export async function serveStream(
  { request, reply, closing, heartbeatSeconds }: Visit,
  write: (stream: OpenStream) => Promise<void>,
): Promise<string> {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  const client = openStream(reply.raw, { heartbeatSeconds, closing });
  try {
    await write(client);
    return 'ended';
  } catch (error) {
    if (error instanceof StreamClosed) return error.message;
    request.log.error({ err: error }, 'event stream failed');
    return 'failed';
  } finally {
    client.end();
  }
}
