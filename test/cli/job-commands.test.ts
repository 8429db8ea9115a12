import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { jobListSchema, jobSchema } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { waitFor } from '../engine/support/wait-for.ts';
import { createLoggedJob } from '../http/job-log.ts';
import { openServer, script, type TestServer } from '../http/open-server.ts';
import { freePort } from '../support/loopback.ts';
import { type Ended, runAura, temporaryFolder } from './run-aura.ts';

let server: TestServer;
let client: AuraClient;
before(async () => {
  // Tasks go on until they are stopped.
  server = await openServer({
    runTask:
      () =>
      ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        ),
  });
  client = new AuraClient({ baseUrl: server.url });
});
after(() => server[Symbol.asyncDispose]());

test('an export is paused, resumed, cancelled, retried and deleted from the command line', async (t) => {
  const cwd = await temporaryFolder(t);
  // The server on this machine is found as `aura watch` finds it.
  const env = { AURA_PORT: String(server.port) };
  const aura = (...words: string[]) => runAura(t, { words, cwd, env });
  const job = await client.export({ script });
  const until = (status: string) =>
    waitFor(`the job to be ${status}`, async () => (await job.refresh()).status === status);
  await until('running');

  says(await aura('pause', job.id), /^“Hello” pauses when what is being done now is done\.\n$/);
  says(await aura('resume', job.id), /^“Hello” is going on \(\d+ %\)\.\n$/);
  refuses(await aura('retry', job.id), { code: 1, says: /The job has not ended yet: The job is running/ });
  refuses(await aura('delete', job.id), { code: 1, says: /to do: Wait for it to end, or cancel it first/ });
  says(await aura('cancel', job.id), /^“Hello” is being cancelled\.\n$/);
  await until('cancelled');
  says(await aura('cancel', job.id), /^“Hello” is cancelled\.\n$/);
  refuses(await aura('pause', job.id), { code: 1, says: /has already been cancelled/ });
  says(await aura('retry', job.id), /^“Hello” is (waiting for its turn|going on \(0 %), attempt 2/);
  await job.cancel();
  await until('cancelled');
  says(await aura('delete', job.id), new RegExp(`^${job.id} is deleted\\.\n$`));
  await assert.rejects(job.refresh(), { code: 'job_not_found' });
  refuses(await aura('delete', job.id), { code: 2, says: /There is no such job/ });
});

test('the exports are listed, for people and as data', async (t) => {
  const cwd = await temporaryFolder(t);
  const aura = (...words: string[]) => runAura(t, { words: [...words, '--server', server.url], cwd });
  const ids: string[] = [];
  for (const title of ['One', 'Two', 'Three']) {
    ids.unshift((await client.export({ script: `# ${title}\n\nSpoken.\n` })).id);
  }
  const { code, stdout } = await aura('jobs', '--limit', '2');
  assert.equal(code, 0);
  assert.match(stdout, new RegExp(`^${ids[0]}  .*  Three\n${ids[1]}  .*  Two\n$`));
  const list = jobListSchema.parse(JSON.parse((await aura('jobs', '--json')).stdout));
  assert.deepEqual(
    list.jobs.map(({ id }) => id),
    ids,
  );
  const cancelled = jobSchema.parse(JSON.parse((await aura('cancel', ids[0] ?? '', '--json')).stdout));
  assert.deepEqual([cancelled.id, cancelled.title], [ids[0], 'Three']);
});

test('a long list is asked for page by page', async (t) => {
  const ids: string[] = [];
  for (let count = 0; count < 103; count++) ids.push((await createLoggedJob(server.database)).id);
  const words = ['jobs', '--limit', '102', '--server', server.url];
  const { stdout } = await runAura(t, { words, cwd: await temporaryFolder(t) });
  const listed = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  // Those of the same millisecond come in the order of their ids.
  assert.equal(new Set(listed).size, 102);
  assert.ok(listed.every((id) => id !== undefined && ids.includes(id)));
});

test('a server that is not there is told: exit code 1', async (t) => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const cwd = await temporaryFolder(t);
  for (const words of [['jobs'], ['cancel', randomUUID()]]) {
    refuses(await runAura(t, { words: [...words, '--server', url], cwd }), {
      code: 1,
      says: new RegExp(`The server at ${url} did not answer`),
    });
  }
});

function says({ code, stdout, stderr }: Ended, pattern: RegExp): void {
  assert.match(stdout, pattern);
  assert.equal(stderr, '');
  assert.equal(code, 0);
}

function refuses(ended: Ended, expected: { readonly code: number; readonly says: RegExp }): void {
  assert.match(ended.stderr, expected.says);
  assert.equal(ended.stdout, '');
  assert.equal(ended.code, expected.code);
}
