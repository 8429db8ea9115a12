import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { waitFor } from '../conformance/wait-for.ts';
import { readSamples, recordBar } from './bar-samples.ts';
import { openStudio } from './open-studio.ts';

/** What users of a video studio check by hand before they believe its progress bar. */
test('create, connect, watch it move, reach the end: nothing to complain of, and the log tells of the wait', async () => {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  await using studio = await openStudio({ logger });
  const page = await studio.openPage('/');
  const streamStatuses: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/events')) streamStatuses.push(response.status());
  });

  await page
    .getByRole('textbox', { name: 'Script' })
    .fill('# Checklist\n\nOne by one we go through the list.\n\n## Done\n\nAll of it holds.\n');
  await page.getByText('2 scenes', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Export video' }).click();
  await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
  await recordBar(page);
  const jobId = page.url().slice(-36);
  await page.getByRole('heading', { name: 'Downloads' }).waitFor({ timeout: 120_000 });

  const percents = (await readSamples(page)).map(({ percent }) => percent);
  assert.equal(percents.at(-1), 100, 'it reaches the end');
  assert.ok(new Set(percents).size >= 15, `it moves: ${percents}`);
  for (const [index, percent] of percents.entries()) {
    const step = percent - (percents[index - 1] ?? 0);
    assert.ok(step >= 0 && step <= 25, `continuously: ${percents}`);
  }
  assert.ok(streamStatuses.length > 0 && streamStatuses.every((status) => status === 200));
  // A player that has enough of a video to begin stops reading, and asks for the rest by range when it needs it.
  const wrong = studio.complaints.filter(
    (one) => !/^net::ERR_ABORTED for .*\/artifacts\/video\.mp4$/.test(one),
  );
  assert.deepEqual(wrong, []);
  const isLookup = (line: Record<string, unknown>) =>
    line['jobId'] === jobId && line['msg'] === 'event stream';
  const lookup = await waitFor(() => lines.find(isLookup));
  assert.equal(typeof lookup['waitedMs'], 'number');
  assert.equal(typeof lookup['requestId'], 'string');
});
