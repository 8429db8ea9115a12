import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventSchema, type Job, type JobEvent, reduceJob } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { readLog } from '../crash/read-log.ts';
import { type ServerProcess, startServerProcess } from '../crash/server-process.ts';
import { checkAgainstLog } from './check-against-log.ts';
import { type Hopped, hopToEnd } from './hop-to-end.ts';
import { readWhole } from './raw-stream.ts';
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

test('a finished export, the server started anew: from every position the rest, and the same state', async () => {
  const tiny = { ...output, width: 160, height: 90 };
  const { id } = await server.client.export({ script: script.replace('Tides', 'Flood'), output: tiny });
  const job = await server.client.job(id).result();
  const log = await readLog(server.url, id);
  await server.kill('SIGTERM');
  server = await startServerProcess({ dataDirectory });

  assert.deepEqual(await readLog(server.url, id), log, 'the log is as it was');
  for (let position = 0; position <= log.length; position++) {
    for (const by of both) {
      const { status, events } = await readFrom(id, position, by);
      assert.equal(status, position === log.length ? 204 : 200);
      const all = [...log.slice(0, position), ...events];
      const state = all.reduce<Job | undefined>(reduceJob, undefined);
      checkAgainstLog({ snapshot: undefined, events: all, state }, log, job);
    }
  }
  await checkAll([await hopToEnd({ jobId: id, port, by: 'header', fromTheStart: false })], id);
});

/** All that a client gets over one connection who names this as the last event it has. */
async function readFrom(jobId: string, position: number, by: 'header' | 'query') {
  const path = `/api/jobs/${jobId}/events`;
  const { status, messages } =
    by === 'header'
      ? await readWhole(port(), path, { 'Last-Event-ID': `${position}` })
      : await readWhole(port(), `${path}?lastEventId=${position}`);
  const logged = messages.filter((message) => message.id !== undefined);
  for (const { event } of messages.filter((message) => !logged.includes(message))) {
    assert.match(`${event}`, /^(progress|preview)$/, 'only live figures have no id');
  }
  return { status, events: logged.map(({ data }) => eventSchema.parse(JSON.parse(data))) };
}

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
