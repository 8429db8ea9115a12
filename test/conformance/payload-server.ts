import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../support/loopback.ts';

export interface PayloadServer extends AsyncDisposable {
  readonly url: string;
  /** An empty page of this server's own, for a browser to stand on. */
  readonly pageUrl: string;
  /** What was asked for, in order, but the page. */
  readonly requests: readonly IncomingMessage[];
}

/** A web server that answers as a test says. */
export async function openPayloadServer(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<PayloadServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    if (request.url === pagePath) return void response.setHeader('Content-Type', 'text/html').end(emptyPage);
    requests.push(request);
    answer(response, request);
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return {
    url,
    pageUrl: url + pagePath,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const pagePath = '/page';
/** Says what its icon is, or the browser asks. */
const emptyPage = '<!doctype html><link rel="icon" href="data:,"><title>Empty</title>';

/** Answers with an event stream that is written in so many pieces and then ended. */
export async function sendInPieces(response: ServerResponse, body: Buffer, bytes: number): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (let start = 0; start < body.length; start += bytes) {
    await new Promise((resolve) => response.write(body.subarray(start, start + bytes), resolve));
  }
  response.end();
}
