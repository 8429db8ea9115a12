import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { AuraError } from '../protocol/index.ts';
import { problemType, toProblem } from './problem.ts';

/** Answers what is not HTTP at all, which never becomes a request. */
export function malformedRequestHandler(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const requestId = randomUUID();
  const detail = `The request is not valid HTTP (${error.code ?? error.message}).`;
  const problem = toProblem(new AuraError('request_malformed', detail), { instance: '', requestId });
  const body = JSON.stringify(problem);
  const head = [
    'HTTP/1.1 400 Bad Request',
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
