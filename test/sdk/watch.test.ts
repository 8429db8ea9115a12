import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuraClient } from '../../src/sdk/index.ts';
import { TestJob } from './contract-server.ts';
import { follow, play, serve, timing, until } from './follow.ts';
import { completedLog, firstEvents, fold, live, numbered, sampleJobId } from './sample-log.ts';

const finalState = fold(completedLog);

test('live figures are laid over the state; the bar never goes back, whatever comes', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const ticks = [live(0.3, 'Drawing frame 30'), live(0.2, 'Drawing frame 20'), live(0.4, 'Drawing frame 40')];
  const { states } = await follow(t, {
    job,
    whileWatching: [
      (n) => n === 1 && ticks.forEach((tick) => void job.tick(tick)),
      (_, state) => state.activity === 'Drawing frame 40' && play(job),
    ],
  });
  assert.deepEqual(
    states.slice(0, 4).map(({ progress, activity }) => [progress, activity]),
    [
      [0.1, null],
      [0.3, 'Drawing frame 30'],
      [0.3, 'Drawing frame 20'],
      [0.4, 'Drawing frame 40'],
    ],
  );
  const bar = states.map((state) => state.progress);
  assert.deepEqual(
    bar,
    bar.toSorted((a, b) => a - b),
  );
  assert.deepEqual(states.at(-1), finalState);
});

test('a job that is run again starts its bar again', async (t) => {
  const failed = numbered([
    ...firstEvents,
    { kind: 'stage', stages: [], stage: 'mix', progress: 0.8, etaSeconds: 1 },
  ]);
  const job = new TestJob(failed);
  const { states } = await follow(t, {
    job,
    stream: (n) => ({ endAfter: n === 0 ? 1 : 3 }),
    whileWatching: [
      (n) => {
        if (n !== 1) return;
        job.append({ kind: 'cancelling' });
        job.append({ kind: 'retried', attempt: 2, stages: [] });
        job.append({ kind: 'started' });
        job.append({ kind: 'cancelled' });
      },
    ],
  });
  assert.deepEqual(
    states.map(({ attempt, status, progress }) => [attempt, status, progress]),
    [
      [1, 'running', 0.8],
      [1, 'cancelling', 0.8],
      [2, 'queued', 0],
      [2, 'running', 0],
      [2, 'cancelled', 0],
    ],
  );
});

test('a job that does not exist ends the watching with its code', async (t) => {
  const server = await serve(t, {});
  const watching = new AuraClient({ baseUrl: server.url, timing }).job(sampleJobId).watch();
  await assert.rejects(watching.next(), { name: 'AuraError', code: 'job_not_found' });
  assert.deepEqual((await watching.next()).done, true);
});

test('a wrong address ends the watching instead of trying for ever', async (t) => {
  const server = await serve(t, {});
  const watching = new AuraClient({ baseUrl: `${server.url}/elsewhere`, timing }).job(sampleJobId).watch();
  await assert.rejects(watching.next(), { name: 'AuraError', code: 'route_not_found' });
});

test('abort ends the watching at once, also in the middle of a wait, and closes the connection', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const server = await serve(t, { jobs: { [sampleJobId]: job } });
  const stop = new AbortController();
  const watching = new AuraClient({ baseUrl: server.url }).job(sampleJobId).watch({ signal: stop.signal });
  await watching.next();
  const waiting = watching.next();
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, { message: 'enough' });
  await until(() => job.listeners.size === 0);
});

test('leaving the loop closes the connection', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const server = await serve(t, { jobs: { [sampleJobId]: job } });
  for await (const _ of new AuraClient({ baseUrl: server.url }).job(sampleJobId).watch()) break;
  await until(() => job.listeners.size === 0);
});

test('a server that does not close the stream after the end does not keep the watcher', async (t) => {
  const job = new TestJob(completedLog);
  const { states } = await follow(t, { job, stream: () => ({ silentAfter: 1 }) });
  assert.deepEqual(states, [finalState]);
});

test('a job that is run again after its end was seen is not followed further', async (t) => {
  const job = new TestJob(completedLog.slice(0, 2));
  const { states } = await follow(t, {
    job,
    stream: () => ({ silentAfter: 100 }),
    whileWatching: [
      (_, { status }) => {
        if (status === 'running') job.append({ kind: 'cancelled' });
        if (status === 'cancelled') job.append({ kind: 'retried', attempt: 2, stages: [] });
      },
    ],
  });
  assert.deepEqual(
    states.map(({ status }) => status),
    ['running', 'cancelled'],
  );
});
