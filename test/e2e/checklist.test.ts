import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { waitFor } from '../engine/support/wait-for.ts';
import { type PaintedBar, readPaintedBar, readSamples, recordBar, recordPaintedBar } from './bar-samples.ts';
import { forgivePlayer } from './complaints.ts';
import { openStudio } from './open-studio.ts';

/** Long enough that a truthful bar, which moves five times a second, has only small steps to take. */
const scenes = ['Create', 'Connect', 'Watch', 'Wait', 'Arrive', 'Look', 'Listen', 'Download'];
const script = scenes
  .map(
    (name, index) =>
      `# ${name}\n\nPoint ${index + 1} of the list is gone through with care, and all of it holds.\n`,
  )
  .join('\n');

/**
 * The export takes some 15 s and has five updates a second, of 1 to 4 points each on a busy machine of two cores. Six leave room
 * for an update that comes half a second late, and none for a stage that is done in one piece.
 */
const mostPoints = 6;
/** Between two updates the page glides: four points in the time of one are 20 a second. */
const mostPointsPerMs = 0.03;

/** What users of a video studio check by hand before they believe its progress bar. */
test('create, connect, watch it move, reach the end: nothing to complain of, and the log tells of the wait', async () => {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  await using studio = await openStudio({ logger });
  const page = await studio.openPage('/');
  const streamStatuses: number[] = [];
  const requestIds: string[] = [];
  page.on('response', (response) => {
    if (!response.url().endsWith('/events')) return;
    streamStatuses.push(response.status());
    requestIds.push(response.headers()['x-request-id'] ?? '');
  });

  await page.getByRole('textbox', { name: 'Script' }).fill(script);
  await page.getByText(`${scenes.length} scenes`, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Export video' }).click();
  await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
  await recordBar(page);
  await recordPaintedBar(page);
  const jobId = page.url().slice(-36);
  await page.getByRole('heading', { name: 'Downloads' }).waitFor({ timeout: 120_000 });

  const percents = (await readSamples(page)).map(({ percent }) => percent);
  assert.equal(percents.at(-1), 100, 'it reaches the end');
  for (const [index, percent] of percents.entries()) {
    const step = percent - (percents[index - 1] ?? percent);
    assert.ok(step >= 0 && step <= mostPoints, `continuously: ${percents}`);
  }
  const painted = await waitFor('the bar to be drawn to its end', async () => {
    const samples = await readPaintedBar(page);
    return samples.at(-1)?.percent === 100 && samples;
  });
  assertSmooth(painted);
  assert.ok(streamStatuses.length > 0 && streamStatuses.every((status) => status === 200));
  forgivePlayer(studio.complaints);
  assert.deepEqual(studio.complaints, [], 'nothing in the console, no request that failed');
  const lookup = await waitFor('the log to tell of the stream', () =>
    lines.find((line) => line['jobId'] === jobId && line['msg'] === 'event stream'),
  );
  assert.ok(Number(lookup['waitedMs']) >= 0, `the time it waited: ${lookup['waitedMs']}`);
  assert.ok(requestIds.includes(String(lookup['requestId'])), 'it is the request the browser made');
  assert.equal(lookup['outcome'], 'ended');
});

/** Other tests run beside this one, and starting a process that draws takes as much longer; bench:progress has the real times. */
const mostStillMs = 6_000;

/** Whatever the figures do: what is seen glides, forwards only, and never stands for long. */
function assertSmooth(painted: readonly PaintedBar[]): void {
  for (const [index, now] of painted.entries()) {
    const before = painted[index - 1];
    if (before === undefined) continue;
    const step = now.percent - before.percent;
    const elapsedMs = now.atMs - before.atMs;
    const what = `${before.percent} to ${now.percent} % in ${elapsedMs} ms`;
    assert.ok(step >= 0, `back from ${what}`);
    // A busy machine draws few frames: what counts is how fast it goes, not how far from one frame to the next.
    assert.ok(step <= 2 + elapsedMs * mostPointsPerMs, `jumped from ${what}`);
    assert.ok(elapsedMs <= mostStillMs, `stuck: ${what}`);
  }
}
