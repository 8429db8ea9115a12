import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Job, JobEvent } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { readLog } from '../crash/read-log.ts';
import { type ServerProcess, startServerProcess } from '../crash/server-process.ts';
import { checkAgainstLog } from './check-against-log.ts';
import { type Hopped, hopToEnd } from './hop-to-end.ts';
import { openRelay } from './relay.ts';

const script = '# Tides\n\nThe sea comes in twice a day.\n\n## Why\n\nThe moon pulls at the water.\n';
const output = { width: 320, height: 180 } as const;

let dataDirectory = '';
let server: ServerProcess;
before(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'aura-resume-'));
  server = await startServerProcess({ dataDirectory });
});
after(async () => {
  await server.kill('SIGTERM');
  await rm(dataDirectory, { recursive: true, force: true });
});

const port = () => Number(new URL(server.url).port);
const both = ['header', 'query'] as const;

test('a real export, each connection cut after one event: nothing twice, nothing missing', async () => {
  const { id } = await server.client.export({ script, output });
  const hopped = await Promise.all(
    both.flatMap((by) =>
      [true, false].map((fromTheStart) => hopToEnd({ jobId: id, port, by, fromTheStart })),
    ),
  );
  await checkAll(hopped, id);
});

test('the same while the server is killed three times, and with the SDK watching', async () => {
  await using relay = await openRelay(port);
  const { id } = await server.client.export({ script: script.replace('Tides', 'Ebb'), output });
  const moments = [({ seq }: JobEvent) => seq === 2, begins('render'), begins('finish')];
  const watched = statesOf(new AuraClient({ baseUrl: relay.url }), id);
  const hopped = await hopToEnd({
    jobId: id,
    port,
    by: 'header',
    fromTheStart: true,
    between: killAt(moments),
  });
  assert.equal(moments.length, 0, 'it was killed each time');
  await checkAll([hopped], id);
  const states = await watched;
  assert.deepEqual(states.at(-1), await server.client.job(id).refresh());
  assert.equal(states.filter(({ status }) => status === 'completed').length, 1);
});

async function checkAll(hopped: readonly Hopped[], jobId: string): Promise<void> {
  const log = await readLog(server.url, jobId);
  const state = await server.client.job(jobId).refresh();
  assert.equal(state.status, 'completed');
  assert.ok(log.length > 8, `a log worth cutting: ${log.length} events`);
  for (const one of hopped) checkAgainstLog(one, log, state);
}

/** Kills the server and starts it anew when the first of these holds, and takes that off the list. */
function killAt(moments: ((event: JobEvent) => boolean)[]): (event: JobEvent) => Promise<void> {
  return async (event) => {
    if (moments[0]?.(event) !== true) return;
    moments.shift();
    await server.kill();
    server = await startServerProcess({ dataDirectory });
  };
}

function begins(stage: Job['stage']): (event: JobEvent) => boolean {
  return (event) => event.kind === 'stage' && event.stage === stage;
}

async function statesOf(client: AuraClient, jobId: string): Promise<Job[]> {
  const states: Job[] = [];
  for await (const state of client.job(jobId).watch()) states.push(state);
  return states;
}
