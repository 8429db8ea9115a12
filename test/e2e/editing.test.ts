import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { forgiveCutStreams } from './complaints.ts';
import { dropFiles, pngPicture } from './drop-files.ts';
import { openStudio, type Studio } from './open-studio.ts';

let studio: Studio;
let page: Page;

before(async () => {
  studio = await openStudio();
  page = await studio.openPage('/');
});
after(() => studio[Symbol.asyncDispose]());

test('the script a newcomer finds can be exported at once', async () => {
  await page.getByText(/\d scenes/).waitFor();
  await page.locator('button:not([disabled])', { hasText: 'Export video' }).waitFor();
});

test('a mistake is shown with its place, and nothing can be exported', async () => {
  await write('# Tides\n\nThey come.\n\n<!-- duration: soon -->\n');
  await page.getByRole('button', { name: 'Line 5, column 16' }).click();
  assert.equal(await page.locator('.script-line[data-wrong]').textContent(), '<!-- duration: soon -->');
  assert.equal(await page.evaluate('document.activeElement.selectionStart'), cursorAt(5, 16));
  assert.equal(await exportButton().isDisabled(), true);
});

test('an empty script and one that says nothing are told apart', async () => {
  await write('');
  await page.getByText('The script holds no text.').waitFor();
  await write('# Only a heading\n');
  await page.getByText(/a word to speak/).waitFor();
  assert.equal(await exportButton().isDisabled(), true);
});

test('a dropped script replaces the one in the editor', async () => {
  const text = '# Dropped\n\nFrom a file.\n';
  await dropFiles(page, [{ name: 'video.md', type: 'text/markdown', bytes: Buffer.from(text) }]);
  await page.getByText('1 scene', { exact: true }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Script' }).inputValue(), text);
});

test('a picture nobody named is put into the script by a press', async () => {
  await dropFiles(page, [
    { name: 'my picture (1).png', type: 'image/png', bytes: pngPicture() },
    { name: 'not-a-picture.png', type: 'image/png', bytes: Buffer.from('no') },
  ]);
  await page.getByText('not-a-picture.png: not a picture or sound that can be read.').waitFor();
  await page.getByRole('button', { name: 'Insert' }).click();
  await page.getByText('In the script').waitFor();
  assert.match(
    await page.getByRole('textbox', { name: 'Script' }).inputValue(),
    /\(<my picture \(1\)\.png>\)/,
  );
});

test('a voice nobody has is named before anything is sent', async () => {
  await write('---\nvoice: nobody\n---\n\n# Silence\n\nWho speaks?\n');
  await page.getByText('There is no voice “nobody”. Choose another.').first().waitFor();
  assert.equal(await exportButton().isDisabled(), true);
});

test('every control changes what is made', async () => {
  await write('---\ntheme: midnight\nvoice: en-gb\n---\n\n# Shapes\n\nAll of them.\n');
  await page.getByRole('radio', { name: 'Tall, 9:16' }).click();
  await page.getByRole('radio', { name: 'Daylight' }).click();
  const voice = page.getByRole('combobox', { name: 'Voice' });
  await voice.fill('Italian');
  await page.getByRole('option', { name: 'Italian' }).first().click();
  await page.getByText('1080 × 1920').waitFor();
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.method() === 'POST' && sent.url().endsWith('/api/jobs')),
    exportButton().click(),
  ]);
  const { composition } = request.postDataJSON();
  assert.deepEqual(composition.video, { width: 1080, height: 1920, fps: 30 });
  assert.equal(composition.theme, 'daylight');
  assert.equal(composition.voice.name, 'it');
});

test('the draft survives another page and a reload', async () => {
  await page.waitForURL(/\/jobs\//);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'New video', exact: true }).click();
  // The job's page was left before its stream told of the end.
  forgiveCutStreams(studio.complaints);
  assert.equal(await page.getByRole('radio', { name: 'Daylight' }).getAttribute('aria-checked'), 'true');
  await page.reload();
  assert.match(await page.getByRole('textbox', { name: 'Script' }).inputValue(), /All of them\./);
});

test('nobody complained', () => assert.deepEqual(studio.complaints, []));

function exportButton() {
  return page.getByRole('button', { name: 'Export video' });
}

async function write(script: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Script' }).fill(script);
}

/** In the script with the mistake. */
function cursorAt(line: number, column: number): number {
  const lines = ['# Tides', '', 'They come.', '', '<!-- duration: soon -->'];
  return lines.slice(0, line - 1).join('\n').length + 1 + column - 1;
}
