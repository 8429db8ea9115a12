import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { forgiveCutStreams } from './complaints.ts';
import { openCuttableProxy } from './cuttable-proxy.ts';
import { openStudio, type Studio } from './open-studio.ts';

let studio: Studio;

before(async () => {
  studio = await openStudio();
});
after(() => studio[Symbol.asyncDispose]());

const output = { width: 160, height: 90, fps: 30 } as const;

test('the list lives from one connection: jobs made and ended elsewhere appear, without being asked for', async () => {
  await using line = await openCuttableProxy(studio.url);
  const page = await studio.openPage('/jobs', { server: line.url });
  await page.getByRole('heading', { name: 'No exports yet' }).waitFor();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));

  const first = await studio.client.export({ script: '# First\n\nSaid in the first.\n', output });
  const second = await studio.client.export({ script: '# Second\n\nSaid in the second.\n', output });
  await page.getByRole('link', { name: /First.*(Waiting|In progress|%)/ }).waitFor();
  await first.result();
  await second.result();
  await page.getByRole('link', { name: /First.*Ready/ }).waitFor();
  await page.getByRole('link', { name: /Second.*Ready/ }).waitFor();
  assert.deepEqual(
    requests.filter((path) => !/preview|poster/.test(path)),
    [],
    'nothing was asked for while the stream was there',
  );
  assert.deepEqual(studio.complaints, []);

  assert.equal(await page.getByText('Reconnecting').count(), 0);
  line.cut();
  await page.getByRole('status').filter({ hasText: 'Reconnecting' }).waitFor();
  const third = await studio.client.export({ script: '# Third\n\nSaid in the third.\n', output });
  line.mend();
  await page.getByRole('link', { name: /Third/ }).waitFor();
  await third.result();
  await page.getByRole('link', { name: /Third.*Ready/ }).waitFor();
  await page.getByText('Reconnecting').waitFor({ state: 'detached' });
  assert.equal(new Set(requests.filter((path) => path.endsWith('/events'))).size, 1);

  await page.getByRole('link', { name: /Third/ }).click();
  await page.getByRole('heading', { name: 'Third' }).waitFor();
  forgiveCutStreams(studio.complaints);
});
