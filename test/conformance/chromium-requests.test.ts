import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { openBrowserSource } from './browser-source.ts';
import { openPayloadServer } from './payload-server.ts';

/** How Chromium's EventSource connects and connects again; named after the web-platform-tests' files. */
let browser: Browser;
let page: Page;
before(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});
after(() => browser.close());

const eventStream = { 'Content-Type': 'text/event-stream' };

/** Opens a source on a server that gives its answers one after the other, the last one for ever. */
async function openOn(...answers: readonly ((response: ServerResponse, request: IncomingMessage) => void)[]) {
  let count = 0;
  const server = await openPayloadServer((response, request) =>
    answers[Math.min(count++, answers.length - 1)]?.(response, request),
  );
  await page.goto(server.pageUrl);
  const source = await openBrowserSource(page, { url: server.url });
  return { server, source, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const body = (text: string) => (response: ServerResponse) => response.writeHead(200, eventStream).end(text);
const status = (code: number) => (response: ServerResponse) => response.writeHead(code, eventStream).end();

test('request-accept, request-cache-control', async () => {
  await using opened = await openOn(body('data:x\n\n'));
  await opened.source.until(({ notes }) => notes.length > 0);
  assert.equal(opened.server.requests[0]?.headers.accept, 'text/event-stream');
  assert.match(opened.server.requests[0]?.headers['cache-control'] ?? '', /no-cache/);
  assert.equal(opened.server.requests[0]?.headers['last-event-id'], undefined);
});

for (const code of [301, 302, 303, 307]) {
  test(`request-redirect ${code}`, async () => {
    const moved = (response: ServerResponse) => response.writeHead(code, { Location: '/moved' }).end();
    await using opened = await openOn(moved, body('data:moved\n\n'));
    await opened.source.until(({ notes }) => notes.length >= 2);
    assert.deepEqual(
      opened.source.notes.slice(0, 2).map(({ type, data }) => data ?? type),
      ['open', 'moved'],
    );
  });
}

for (const code of [204, 205, 210, 299, 404, 410, 500, 503]) {
  test(`request-status-error: ${code} ends it for good`, async () => {
    await using opened = await openOn(status(code));
    await opened.source.until(({ notes }) => notes.length > 0);
    assert.deepEqual(opened.source.notes, [{ type: 'error', readyState: 2 }]);
  });
}

for (const [type, isStream] of Object.entries({
  'text/event-stream;': true,
  'text/event-stream;charset=utf-8': true,
  'text/event-stream; charset=UTF-8': true,
  'text/event-stream;blabla': true,
  // The suite's format-utf-8 wants it read as UTF-8; Chromium refuses it. Ours says UTF-8.
  'text/event-stream; charset=windows-1252': false,
  'text/plain': false,
  'text/x-bogus': false,
})) {
  test(`format-mime-*: ${type}`, async () => {
    const answer = (response: ServerResponse) =>
      response.writeHead(200, { 'Content-Type': type }).end('data:ok…\n\n');
    await using opened = await openOn(answer);
    await opened.source.until(({ notes }) => notes.some((note) => note.type !== 'open'));
    const [first, second] = opened.source.notes;
    if (isStream) assert.equal(second?.data, 'ok…');
    else assert.deepEqual(first, { type: 'error', readyState: 2 });
  });
}

test('eventsource-reconnect, eventsource-close: connects again after an end, and not after a 204', async () => {
  await using opened = await openOn(
    body('retry:20\ndata:opened\n\n'),
    body('data:reconnected\n\n'),
    status(204),
  );
  await opened.source.until(({ notes }) => notes.some(({ readyState }) => readyState === 2));
  assert.deepEqual(
    opened.source.notes.map(({ type, readyState, data }) => `${data ?? type} ${readyState}`),
    ['open 1', 'opened 1', 'error 0', 'open 1', 'reconnected 1', 'error 0', 'error 2'],
  );
  assert.equal(opened.server.requests.length, 3);
});

test('eventsource-reconnect: also when the line is cut before an answer', async () => {
  const cut = (response: ServerResponse) => response.socket?.destroy();
  await using opened = await openOn(body('retry:20\ndata:ok\n\n'), cut, body('data:again\n\n'));
  await opened.source.until((source) => source.messages().length >= 2);
  assert.deepEqual(
    opened.source
      .messages()
      .slice(0, 2)
      .map(({ data }) => data),
    ['ok', 'again'],
  );
});

for (const [retry, isShort] of Object.entries({
  'retry:20\n': true,
  'retry:20\nretry:90000x\n': true,
  'retry:3000\n': false,
})) {
  test(`format-field-retry, -bogus: ${JSON.stringify(retry)}`, async () => {
    const asked: number[] = [];
    await using opened = await openOn((response) => {
      asked.push(performance.now());
      response.writeHead(200, eventStream).end(`${retry}data:x\n\n`);
    });
    await opened.source.until(() => asked.length >= 3);
    const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    // The shortest says what was meant: a busy machine only makes them longer. The default is three seconds.
    assert.equal(Math.min(...pauses) < 2_000, isShort, `${pauses}`);
  });
}

for (const [name, { bodies, positions }] of Object.entries({
  'format-field-id, -2: it is told, sent back and kept': {
    bodies: ['id:…\nretry:20\ndata:1\n\n', 'data:2\n\n', 'data:3\n\n'],
    positions: [undefined, '…', '…'],
  },
  'format-field-id-3: it changes and persists': {
    bodies: ['id:1\nretry:20\ndata:1\n\n', 'id:2\ndata:2\n\n', 'data:3\n\n'],
    positions: [undefined, '1', '2'],
  },
  'format-field-id-3: an empty one resets it': {
    bodies: ['id:1\nretry:20\ndata:1\n\n', 'id\ndata:2\n\n', 'data:3\n\n'],
    positions: [undefined, '1', undefined],
  },
  'format-field-id-null: one with a NUL is none': {
    bodies: ['id:\0\0\nretry:20\ndata:1\n\n', 'data:2\n\n', 'data:3\n\n'],
    positions: [undefined, undefined, undefined],
  },
  'what is not ended with an empty line sets no position': {
    bodies: ['id:1\nretry:20\ndata:1\n\nid:2\ndata:lost', 'data:2\n\n', 'data:3\n\n'],
    positions: [undefined, '1', '1'],
  },
})) {
  test(name, async () => {
    await using opened = await openOn(...bodies.map(body));
    await opened.source.until(() => opened.server.requests.length >= 3);
    const sent = opened.server.requests.slice(0, 3).map(({ headers }) => headers['last-event-id']);
    assert.deepEqual(sent.map(asUtf8), positions);
  });
}

/** Node gives the bytes of a header as Latin-1. */
function asUtf8(header: string | string[] | undefined): string | undefined {
  return header === undefined ? undefined : Buffer.from(String(header), 'latin1').toString('utf8');
}
