import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface PayloadServer extends AsyncDisposable {
  readonly url: string;
  /** What was asked for, in order. */
  readonly requests: readonly IncomingMessage[];
}

/** A web server that answers as a test says. */
export async function openPayloadServer(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<PayloadServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
