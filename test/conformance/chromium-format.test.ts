import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { openBrowserSource } from './browser-source.ts';
import { type FormatCase, formatCases } from './format-cases.ts';
import { openPayloadServer, sendInPieces } from './payload-server.ts';

/** What Chromium's EventSource makes of a body: the same as the SDK's reader in wpt-format.test.ts. */
let browser: Browser;
let page: Page;
before(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});
after(() => browser.close());

for (const [name, given] of Object.entries(formatCases)) {
  for (const pieceBytes of [1, 4_096]) {
    test(`${name}, in pieces of ${pieceBytes}`, async () => {
      const messages = await readBody(given, pieceBytes);
      assert.deepEqual(
        messages.map(({ data }) => data),
        given.data,
      );
      if (given.ids) {
        assert.deepEqual(
          messages.map(({ lastEventId }) => lastEventId),
          positionsOf(given.ids),
        );
      }
      if (given.types) {
        assert.deepEqual(
          messages.map(({ type }) => type),
          given.types.map((type) => type ?? 'message'),
        );
      }
    });
  }
}

async function readBody({ body, types = [] }: FormatCase, pieceBytes: number) {
  const bytes = Buffer.from(body);
  await using server = await openPayloadServer((response) => sendInPieces(response, bytes, pieceBytes));
  await page.goto(server.pageUrl);
  const named = types.filter((type) => type !== undefined);
  const source = await openBrowserSource(page, { url: server.url, types: named, closesOnError: true });
  await source.until(({ notes }) => notes.at(-1)?.type === 'error');
  return source.messages();
}

/** A browser tells the last id with every message, not only with the one that brought it. */
function positionsOf(ids: readonly (string | undefined)[]): string[] {
  let last = '';
  return ids.map((id) => {
    last = id ?? last;
    return last;
  });
}
