import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { forgiveCutStreams } from './complaints.ts';
import { openCuttableProxy } from './cuttable-proxy.ts';
import { openStudio, type Studio } from './open-studio.ts';

let studio: Studio;

before(async () => {
  studio = await openStudio();
});
after(() => studio[Symbol.asyncDispose]());

test('an empty list says what will be there', async () => {
  const page = await studio.openPage('/jobs');
  await page.getByRole('heading', { name: 'No exports yet' }).waitFor();
  await page.getByRole('link', { name: 'Make the first one' }).click();
  await page.getByRole('heading', { name: 'Your script' }).waitFor();
  forgiveCutStreams(studio.complaints);
});

test('cancel in the page ends the job; trying again takes it up', async () => {
  const { page, jobId } = await exportScript('# Never finished\n\nThis one is stopped on its way.\n');
  await page
    .getByText(/Drawing|Speaking/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: /^Cancelled at \d+ %$/ }).waitFor();
  assert.equal((await studio.client.job(jobId).refresh()).status, 'cancelled');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Attempt 2').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: /^Cancelled at/ }).waitFor();
});

test('a failed job says what happened, where, and what to do', async () => {
  const { page, jobId } = await exportScript(
    '# Out of reach\n\nA picture from a private address.\n\n![secret](http://127.0.0.1:9/secret.png)\n',
  );
  await page.getByText('What to do').waitFor();
  const { error } = await studio.client.job(jobId).refresh();
  assert.equal(error?.code, 'url_refused');
  for (const text of [error.title, error.detail, error.action]) await page.getByText(text).waitFor();
  await page.locator('dd', { hasText: 'Gather the pictures' }).waitFor();
  await page.getByRole('link', { name: 'Back to the script' }).click();
  assert.match(await page.getByRole('textbox', { name: 'Script' }).inputValue(), /secret\.png/);
});

test('the list shows how each one ended', async () => {
  const page = await studio.openPage('/jobs');
  await page.getByRole('link', { name: /Out of reach.*Failed/ }).waitFor();
  await page.getByRole('link', { name: /Never finished.*Cancelled/ }).waitFor();
});

test('nobody complained', () => assert.deepEqual(studio.complaints, []));

test('while the server cannot be reached the state stays, with a note', async () => {
  await using line = await openCuttableProxy(studio.url);
  const page = await studio.openPage('/', { server: line.url });
  await exportFrom(page, `# A long way\n\n${'One more step along the road. '.repeat(20)}\n`);
  await page
    .getByText(/Drawing|Speaking/)
    .first()
    .waitFor();
  line.cut();
  await page.getByText('Reconnecting …').waitFor();
  await page.getByText('In progress').waitFor();
  line.mend();
  await page.getByText('Reconnecting …').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: /^Cancelled at/ }).waitFor();
});

test('a link to an export that does not exist says so at once', async () => {
  const complaintsBefore = studio.complaints.length;
  const page = await studio.openPage('/jobs/00000000-0000-4000-8000-000000000000');
  await page.getByRole('heading', { name: 'There is no such export' }).waitFor({ timeout: 10_000 });
  // The browser itself notes the answer 404; there is nothing else to note.
  const complaints = studio.complaints.slice(complaintsBefore);
  assert.ok(
    complaints.every((complaint) => complaint.includes('404')),
    complaints.join('; '),
  );
});

async function exportScript(script: string): Promise<{ page: Page; jobId: string }> {
  const page = await studio.openPage('/');
  return { page, jobId: await exportFrom(page, script) };
}

async function exportFrom(page: Page, script: string): Promise<string> {
  await page.getByRole('textbox', { name: 'Script' }).fill(script);
  await page.getByText('1 scene', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Export video' }).click();
  await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
  return page.url().slice(-36);
}
