import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type Artifact,
  eventSchema,
  type Job,
  type JobEvent,
  jobSchema,
  type Live,
  type NewJobEvent,
  pendingStages,
  reduceJob,
  toFailure,
  withLive,
} from '../../src/protocol/index.ts';

const jobId = '0c1d5f6e-58a5-4d0e-9f3a-6f0f4b1f9f10';
const artifact: Artifact = {
  name: 'video.mp4',
  url: `/api/jobs/${jobId}/artifacts/video.mp4`,
  contentType: 'video/mp4',
  sizeBytes: 12,
  sha256: 'a'.repeat(64),
};

const stage = (progress: number): NewJobEvent => ({
  kind: 'stage',
  stages: pendingStages(),
  stage: 'render',
  progress,
  etaSeconds: 4,
});

function log(...events: NewJobEvent[]): JobEvent[] {
  const all: NewJobEvent[] = [{ kind: 'created', jobId, title: 'Tea', stages: pendingStages() }, ...events];
  return all.map((event, index) =>
    eventSchema.parse({ ...event, seq: index + 1, at: new Date(1e12 + index * 1000).toISOString() }),
  );
}

function fold(events: readonly JobEvent[], from?: Job): Job {
  let state = from;
  for (const event of events) state = reduceJob(state, event);
  assert.ok(state);
  return jobSchema.parse(state);
}

test('a whole life folds to completed, at 1, with its artifact', () => {
  const job = fold(log({ kind: 'started' }, stage(0.4), { kind: 'completed', artifacts: [artifact] }));
  assert.equal(job.status, 'completed');
  assert.equal(job.progress, 1);
  assert.deepEqual(job.artifacts, [artifact]);
  assert.ok(job.stages.every(({ status }) => status === 'done'));
  assert.equal(job.finishedAt, new Date(1e12 + 3000).toISOString());
});

test('folding twice or from any point in between gives the same state', () => {
  const events = log({ kind: 'started' }, stage(0.2), stage(0.7), {
    kind: 'completed',
    artifacts: [artifact],
  });
  const whole = fold(events);
  for (let cut = 1; cut <= events.length; cut++) {
    const before = fold(events.slice(0, cut));
    assert.deepEqual(fold(events.slice(Math.max(0, cut - 2)), before), whole, `cut after event ${cut}`);
  }
});

test('nothing got done later than the event that tells of it, after a clock was set back', () => {
  const [created, started, told] = log({ kind: 'started' }, stage(0.2));
  assert.ok(created && started && told?.kind === 'stage');
  const ahead = new Date(1e12 + 3_600_000).toISOString();
  const job = fold([created, { ...started, at: ahead }, { ...told, lastProgressAt: ahead }]);
  assert.equal(job.lastProgressAt, told.at);
});

test('the bar never goes back and shows 1 only when completed', () => {
  assert.equal(fold(log({ kind: 'started' }, stage(0.7), stage(0.3))).progress, 0.7);
  const almost = fold(log({ kind: 'started' }, stage(1)));
  assert.ok(almost.progress < 1);
  const live = { progress: 1, stage: null, etaSeconds: 0, preview: null, activity: null };
  assert.ok(withLive(almost, live).progress < 1);
  assert.equal(
    withLive(fold(log({ kind: 'started' }, stage(0.7))), { ...live, progress: 0.5 }).progress,
    0.7,
  );
});

test('nothing follows the end but a retry, which starts the bar again under the same id', () => {
  const failed = log({ kind: 'started' }, stage(0.5), {
    kind: 'failed',
    error: toFailure(new Error('broken')),
  });
  const state = fold(failed);
  const next = (event: NewJobEvent): JobEvent => eventSchema.parse({ ...event, seq: 5, at: state.createdAt });
  assert.throws(() => reduceJob(state, next({ kind: 'started' })), /follows the end/);
  assert.throws(
    () => reduceJob(state, next({ kind: 'completed', artifacts: [artifact] })),
    /follows the end/,
  );
  const again = reduceJob(state, next({ kind: 'retried', attempt: 2, stages: pendingStages() }));
  assert.deepEqual(
    {
      id: again.id,
      status: again.status,
      progress: again.progress,
      error: again.error,
      attempt: again.attempt,
    },
    { id: jobId, status: 'queued', progress: 0, error: null, attempt: 2 },
  );
});

test('a gap in the log is an error, not a guess', () => {
  const [created, , second] = log({ kind: 'started' }, stage(0.5));
  assert.ok(created && second);
  assert.throws(() => reduceJob(reduceJob(undefined, created), second), /does not follow/);
  assert.throws(() => reduceJob(undefined, second), /begins with event 1/);
});

test('live figures are laid over the fold: units, rate, range and the time of the last progress', () => {
  const units = { kind: 'frames', done: 100, total: 400, cached: 50 } as const;
  const stages = pendingStages().map((each) => (each.name === 'render' ? { ...each, units } : each));
  const state = fold(log({ kind: 'started' }, { ...stage(0.4), stages } as NewJobEvent));
  const figures = {
    etaRange: { lowSeconds: 3, highSeconds: 5 },
    rate: { framesPerSecond: 60, timesRealTime: 2 },
  };
  const lastProgressAt = new Date(1e12 + 60_000).toISOString();
  const live: Live = {
    ...{ progress: 0.6, stage: 'render', etaSeconds: 4, preview: null, activity: 'Drawing' },
    ...{ ...figures, units: { render: 300 }, lastProgressAt },
  };
  const shown = jobSchema.parse(withLive(state, live));
  const drawing = shown.stages.find(({ name }) => name === 'render');
  assert.deepEqual(drawing?.units, { ...units, done: 300 });
  assert.equal(drawing?.activity, 'Drawing 300 of 400 frames');
  assert.deepEqual({ etaRange: shown.etaRange, rate: shown.rate }, figures);
  assert.equal(shown.lastProgressAt, lastProgressAt);
  const older = withLive(state, { ...live, units: { render: 20 }, lastProgressAt: state.createdAt });
  assert.equal(older.stages.find(({ name }) => name === 'render')?.units?.done, 100);
  assert.equal(older.lastProgressAt, state.lastProgressAt);
});

test('a job in the queue shows its place and nothing else of what is live', () => {
  const queue = { jobsAhead: 2, etaSeconds: 30 };
  const live = { progress: 0, stage: null, etaSeconds: 50, preview: null, activity: 'Waiting', queue };
  const waiting = withLive(fold(log()), live);
  assert.deepEqual([waiting.queue, waiting.etaSeconds, waiting.activity], [queue, 50, 'Waiting']);
  assert.equal(withLive(fold(log({ kind: 'cancelling' })), live).queue, null);
});
