import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver does with a request: a status, one with a `Retry-After`, no answer at all, or a cut connection. */
export type Answer = number | { readonly status: number; readonly retryAfter: string } | 'silence' | 'reset';

/** A real receiver of webhooks, which behaves as badly as a test wants. */
export interface WebhookReceiver {
  url(name: string): string;
  /** What it answers under a name, one after the other; 200 when nothing is left. */
  answers(name: string, answers: readonly Answer[]): void;
  /** What came under a name, failed tries included. */
  received(name: string): readonly Received[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const answers = new Map<string, Answer[]>();
  const received = new Map<string, Received[]>();
  const server = createServer(async (request, response) => {
    const name = (request.url ?? '').slice(1);
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    received.set(name, [...(received.get(name) ?? []), { headers: request.headers, body }]);
    const answer = answers.get(name)?.shift() ?? 200;
    if (answer === 'reset') request.socket.resetAndDestroy();
    else if (typeof answer === 'object') {
      response.writeHead(answer.status, { 'retry-after': answer.retryAfter }).end();
    } else if (answer !== 'silence') response.writeHead(answer, { location: '/elsewhere' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    answers: (name, list) => void answers.set(name, [...list]),
    received: (name) => received.get(name) ?? [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
