import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStudio, type Studio } from './open-studio.ts';

let studio: Studio;
before(async () => {
  studio = await openStudio();
});
after(() => studio[Symbol.asyncDispose]());

const long = `# A pause on the way\n\n${'One more step along the road, and another. '.repeat(12)}\n`;

test('an export is paused after what is being drawn, resumed, cancelled and deleted', async () => {
  const job = await studio.client.export({ script: long });
  const page = await studio.openPage(`/jobs/${job.id}`);
  await page
    .getByText(/^Drawing/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Pause after this part' }).click();
  await page.getByText('Paused. What is done is kept').first().waitFor({ timeout: 60_000 });
  assert.equal((await job.refresh()).status, 'paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause after this part' }).waitFor();
  assert.equal((await job.refresh()).status, 'running');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: /^Cancelled at/ }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText('are removed for good').waitFor();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal((await job.refresh()).status, 'cancelled');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('heading', { name: 'No exports yet' }).waitFor();
  await assert.rejects(job.refresh(), { code: 'job_not_found' });
});

test('an ended export is deleted from the list, one that is not cannot be', async () => {
  const ended = await studio.client.export({ script: '# To be deleted\n\nSoon.\n' });
  await ended.cancel();
  const open = await studio.client.export({ script: long });
  const page = await studio.openPage('/jobs');
  await page.getByRole('link', { name: /A pause on the way/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete A pause on the way' }).count(), 0);
  await page.getByRole('button', { name: 'Delete To be deleted' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('link', { name: /To be deleted/ }).waitFor({ state: 'detached' });
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await open.cancel();
});

test('nobody complained', () => assert.deepEqual(studio.complaints, []));
