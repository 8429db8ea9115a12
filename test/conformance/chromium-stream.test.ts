import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { eventSchema, type Job, jobSchema, type NewJobEvent, reduceJob } from '../../src/protocol/index.ts';
import { readEvents, setLive } from '../../src/store/index.ts';
import { append, createLoggedJob, liveAt } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { launchChromium } from '../support/chromium.ts';
import { type BrowserSource, openBrowserSource } from './browser-source.ts';
import { openPayloadServer } from './payload-server.ts';
import { openRaw } from './raw-stream.ts';
import { waitFor } from './wait-for.ts';

/** What our own server sends, in the hands of Chromium's EventSource. */
let server: TestServer;
let browser: Browser;
let page: Page;
/** Of every request for a stream, in order. */
let requests: { readonly atMs: number; readonly headers: IncomingHttpHeaders; readonly url: string }[];
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.2, streamWaitSeconds: 1 });
  server.app.server.prependListener('request', ({ url = '', headers }) => {
    if (url.includes('/events')) requests.push({ atMs: performance.now(), headers, url });
  });
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await page?.close();
  requests = [];
  page = await browser.newPage();
  await page.goto(`${server.url}/api/health`);
});

const logTypes = ['log', 'started', 'warning', 'cancelled'];
const types = ['snapshot', 'progress', 'preview', ...logTypes];
const pathOf = (id: string) => `/api/jobs/${id}/events`;
const open = (path: string) => openBrowserSource(page, { url: server.url + path, types });

const hardText = '\u{feff}Two\nlines\r\nand\rmore: \u2028, \0, data: x, é, 語, 👩🏽‍🚀';
const story: readonly NewJobEvent[] = [
  { kind: 'started' },
  { kind: 'log', message: hardText },
  { kind: 'warning', code: 'font_missing', message: hardText },
  { kind: 'cancelled' },
];

test('event types, ids, text of many lines and scripts, comments; 204 after the end closes it', async () => {
  const job = await createLoggedJob(server.database);
  const source = await open(pathOf(job.id));
  await source.until(({ notes }) => notes.length === 2);
  // A second client sees the comments that go to both; a page hears nothing of them.
  const beside = await openRaw(server.port, pathOf(job.id));
  await beside.until(({ body }) => body.split(': still here').length > 2);
  beside.socket.destroy();
  for (const event of story) await append(server.database, job.id, event);
  await source.until(({ notes }) => notes.some(({ readyState }) => readyState === 2));
  assert.deepEqual(
    source.notes.map(({ type, readyState, lastEventId = '' }) => `${type} ${readyState} ${lastEventId}`),
    [
      ...['open 1 ', 'snapshot 1 1', 'started 1 2', 'log 1 3', 'warning 1 4', 'cancelled 1 5'],
      ...['error 0 ', 'error 2 '],
    ],
  );
  const log = await readEvents(server.database, job.id, { after: 0 });
  assert.deepEqual(eventsOf(source), log.slice(1));
  assert.ok(eventsOf(source).some((event) => event.kind === 'log' && event.message === hardText));
  const [first, , second] = requests;
  assert.equal(first?.headers.accept, 'text/event-stream');
  assert.equal(first?.headers['last-event-id'], undefined);
  assert.equal(second?.headers['last-event-id'], '5');
  assert.equal(requests.length, 3, 'ours, the one beside it, and the one that was answered 204');
});

test('cut after every event: it comes back after the pause we ask for, behind what it has, nothing twice', async () => {
  const job = await createLoggedJob(server.database);
  const source = await open(pathOf(job.id));
  for (const [index, event] of story.entries()) {
    await source.until((current) => current.notes.filter(({ type }) => type === 'open').length === index + 1);
    const { seq } = await append(server.database, job.id, event);
    // Without an id of its own it leaves the position alone.
    await setLive(server.database, job.id, liveAt(0.2 * index));
    await source.until((current) => current.messages().at(-1)?.lastEventId === String(seq));
    server.app.server.closeAllConnections();
  }
  await source.until(({ notes }) => notes.at(-1)?.readyState === 2);
  assert.deepEqual(
    requests.map(({ headers }) => headers['last-event-id']),
    [undefined, '2', '3', '4', '5'],
  );
  const log = await readEvents(server.database, job.id, { after: 0 });
  assert.deepEqual(eventsOf(source), log.slice(1));
  assert.deepEqual(foldOf(source), log.reduce<Job | undefined>(reduceJob, undefined));
  const pauses = requests.slice(1).map(({ atMs }, index) => atMs - (requests[index]?.atMs ?? 0));
  // `retry: 2000`; the browser's own would be three seconds.
  assert.ok(Math.min(...pauses) > 1_900 && Math.min(...pauses) < 2_900, `${pauses}`);
});

test('a source that is built anew says where it is in the address', async () => {
  const job = await createLoggedJob(server.database);
  await append(server.database, job.id, ...story);
  const source = await open(`${pathOf(job.id)}?lastEventId=2`);
  await source.until(({ notes }) => notes.at(-1)?.readyState === 2);
  assert.deepEqual(
    source.messages().map(({ lastEventId }) => lastEventId),
    ['3', '4', '5'],
  );
  assert.equal(requests[1]?.headers['last-event-id'], '5', 'the header wins over the old address');
});

test('opened before the job exists, it is there from the first event on', async () => {
  const id = randomUUID();
  const source = await open(pathOf(id));
  await waitFor(() => server.subscriptionCount() > 0);
  assert.equal(await source.readyState(), 0);
  await createLoggedJob(server.database, id);
  await source.until((current) => current.messages().length === 1);
  assert.equal(source.messages()[0]?.type, 'snapshot');
});

test('a job that never comes: the problem ends it for good', async () => {
  const source = await open(pathOf(randomUUID()));
  await source.until(({ notes }) => notes.length > 0);
  assert.deepEqual(source.notes, [{ type: 'error', readyState: 2 }]);
  assert.equal(requests.length, 1);
});

for (const leave of ['close()', 'window.stop()']) {
  test(`after ${leave} it stays closed, and the server hears of it at once`, async () => {
    const job = await createLoggedJob(server.database);
    const source = await open(pathOf(job.id));
    await source.until((current) => current.messages().length === 1);
    if (leave === 'close()') await source.close();
    else await page.evaluate('window.stop()');
    await waitFor(() => server.subscriptionCount() === 0);
    assert.equal(await source.readyState(), 2);
    await append(server.database, job.id, ...story);
    assert.equal(source.messages().length, 1);
    assert.equal(requests.length, 1);
    const line = await waitFor(() =>
      server.logLines.find((one) => one['jobId'] === job.id && one['outcome']),
    );
    assert.equal(line['outcome'], 'client left');
  });
}

test('eventsource-cross-origin: a page of another origin reads nothing', async () => {
  const job = await createLoggedJob(server.database);
  await using other = await openPayloadServer((response) => response.writeHead(404).end());
  await page.goto(other.pageUrl);
  const source = await open(pathOf(job.id));
  await source.until(({ notes }) => notes.length > 0);
  assert.deepEqual(source.notes, [{ type: 'error', readyState: 2 }]);
});

test('the stream of all jobs has no ids: who comes back gets the list anew', async () => {
  const job = await createLoggedJob(server.database);
  const source = await openBrowserSource(page, {
    url: `${server.url}/api/events?ids=${job.id}`,
    types: [...types, 'listed'],
  });
  const lists = () => source.messages().filter(({ type }) => type === 'listed');
  await source.until(() => lists().length === 1);
  server.app.server.closeAllConnections();
  await source.until(() => lists().length === 2);
  assert.ok(source.messages().every(({ lastEventId }) => lastEventId === ''));
  assert.ok(requests.every(({ headers }) => headers['last-event-id'] === undefined));
});

function eventsOf(source: BrowserSource) {
  return source
    .messages()
    .filter(({ type }) => logTypes.includes(type))
    .map(({ data = '' }) => eventSchema.parse(JSON.parse(data)));
}

/** What a page makes of it. */
function foldOf(source: BrowserSource): Job | undefined {
  const snapshot = source.messages().find(({ type }) => type === 'snapshot');
  return eventsOf(source).reduce<Job | undefined>(
    reduceJob,
    jobSchema.parse(JSON.parse(snapshot?.data ?? '')),
  );
}
