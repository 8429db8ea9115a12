import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BarSample, readSamples, recordBar } from './bar-samples.ts';
import { forgiveCutStreams, forgivePlayer } from './complaints.ts';
import { dropFiles, pngPicture } from './drop-files.ts';
import { openStudio, type Studio } from './open-studio.ts';

const script = `---
title: By the sea
fps: 24
---

# By the sea

The tide comes in.

![Blue water](pictures/sea.png)

## And then

It goes out again, sand castles and all.
`;

let studio: Studio;
let page: Page;
let jobId: string;

before(async () => {
  studio = await openStudio();
  page = await studio.openPage('/');
});
after(() => studio[Symbol.asyncDispose]());

test('a pasted script and a dropped picture become an export with one press', async () => {
  await page.getByRole('textbox', { name: 'Script' }).fill(script);
  await page.getByText('Missing').waitFor();
  const button = page.getByRole('button', { name: 'Export video' });
  assert.equal(await button.isDisabled(), true, 'nothing to export while the picture is missing');
  await dropFiles(page, [{ name: 'sea.png', type: 'image/png', bytes: pngPicture() }]);
  await page.getByText('In the script').waitFor();
  await button.click();
  await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
  await recordBar(page);
  jobId = page.url().slice(-36);
  await page.getByRole('heading', { name: 'By the sea' }).waitFor();
});

test('reloading in the middle, and opening the link elsewhere, show the same export', async () => {
  await page
    .getByText(/Drawing/)
    .first()
    .waitFor();
  const shownBefore = await percentOf(page);
  await page.reload();
  const elsewhere = await studio.openPage(`/jobs/${jobId}`);
  for (const one of [page, elsewhere]) {
    await one.getByRole('heading', { name: 'By the sea' }).waitFor();
    assert.ok((await percentOf(one)) >= shownBefore, 'no work is forgotten');
  }
  await elsewhere.getByRole('heading', { name: 'Downloads' }).waitFor({ timeout: 120_000 });
  await elsewhere.context().close();
  forgiveCutStreams(studio.complaints);
});

test('the bar moves smoothly, never back, and reaches 100 % only with the file', async () => {
  await page.getByRole('heading', { name: 'Downloads' }).waitFor({ timeout: 120_000 });
  const samples = await readSamples(page);
  assert.ok(samples.length >= 10, `the bar was seen to move: ${JSON.stringify(samples)}`);
  /** As old as the page took to load: what has happened meanwhile is caught up with at once. */
  const firstOfPage = new Set(samples.filter(({ openedAt }, at) => openedAt !== samples[at - 1]?.openedAt));
  for (const [before, now] of pairs(samples)) {
    assert.ok(now.percent >= before.percent, `from ${before.percent} back to ${now.percent} %`);
    const atOnce = firstOfPage.has(now) || firstOfPage.has(before) ? 0 : now.percent - before.percent;
    assert.ok(atOnce <= 12, `from ${before.percent} to ${now.percent} % at once`);
    assert.equal(now.percent === 100, now.status === 'Ready', `${now.percent} % while ${now.status}`);
  }
  assert.equal(samples.at(-1)?.percent, 100);
});

test('the video plays in the page', async () => {
  await page.locator('video').click();
  const { duration, ...rest } = Object(await page.evaluate(untilPlayed));
  assert.deepEqual(rest, { videoWidth: 1920, videoHeight: 1080, error: null });
  assert.ok(duration > 3, `lasts ${duration} s`);
});

test('what is downloaded is the artifact, byte for byte', async () => {
  const { artifacts } = await studio.client.job(jobId).refresh();
  for (const { name, sha256 } of artifacts) {
    const link = page.locator(`a[download][href*="${name}"]`);
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.match(download.suggestedFilename(), /^By the sea\./);
    assert.equal(await sha256Of(await download.path()), sha256, name);
  }
});

test('the list shows it with its poster', async () => {
  await page.getByRole('link', { name: 'All exports' }).click();
  const row = page.getByRole('link', { name: /By the sea.*Ready/ });
  await row.locator('img').waitFor();
  await row.click();
  await page.locator('video').waitFor();
});

test('nobody complained', () => {
  // The list was left while it was listening.
  forgiveCutStreams(studio.complaints);
  forgivePlayer(studio.complaints);
  assert.deepEqual(studio.complaints, []);
});

// Runs in the page, whose types the tests do not know; hence as text.
const untilPlayed = `new Promise((resolve) => {
  const video = document.querySelector('video');
  const look = () => {
    const { videoWidth, videoHeight, error, duration, currentTime } = video;
    if (currentTime > 0.5 || error !== null) resolve({ videoWidth, videoHeight, error: error?.message ?? null, duration });
  };
  for (const event of ['timeupdate', 'error']) video.addEventListener(event, look);
  look();
})`;

async function percentOf(one: Page): Promise<number> {
  return Number(await one.getByRole('progressbar').getAttribute('aria-valuenow'));
}

function pairs(samples: readonly BarSample[]): [BarSample, BarSample][] {
  return samples.slice(1).flatMap((now, index) => {
    const before = samples[index];
    return before === undefined ? [] : [[before, now]];
  });
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part);
  return hash.digest('hex');
}
