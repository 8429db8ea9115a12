import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventSourceMessage } from 'eventsource-parser';
import { openEventStream } from '../../src/sdk/event-stream.ts';
import { createHttp } from '../../src/sdk/http.ts';
import { formatCases } from './format-cases.ts';
import { openPayloadServer, sendInPieces } from './payload-server.ts';

/** What the SDK's reader makes of a body. */
for (const [name, { body, data, ids, types, retries }] of Object.entries(formatCases)) {
  for (const pieceBytes of [1, 4_096]) {
    test(`${name}, in pieces of ${pieceBytes}`, async () => {
      const read = await readBody(Buffer.from(body), pieceBytes);
      assert.deepEqual(
        read.messages.map((message) => message.data),
        data,
      );
      if (ids)
        assert.deepEqual(
          read.messages.map(({ id }) => id),
          ids,
        );
      if (types)
        assert.deepEqual(
          read.messages.map(({ event }) => event),
          types,
        );
      if (retries) assert.deepEqual(read.retries, retries);
    });
  }
}

async function readBody(body: Buffer, pieceBytes: number) {
  await using server = await openPayloadServer((response) => sendInPieces(response, body, pieceBytes));
  const messages: EventSourceMessage[] = [];
  const retries: number[] = [];
  const stream = await openEventStream({
    http: createHttp({ baseUrl: server.url, fetch }),
    path: '/',
    lastEventId: undefined,
    silenceSeconds: () => 5,
    signal: undefined,
    onRetryHint: (seconds) => retries.push(seconds),
  });
  for await (const message of stream ?? []) messages.push(message);
  return { messages, retries };
}
