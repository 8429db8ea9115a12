import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createEngine, type Engine, type EngineOptions } from '../../../src/engine/engine.ts';
import { type Job, type JobEvent, type JobStatus, reduceJob } from '../../../src/protocol/index.ts';
import { type Database, readEvents, readJob } from '../../../src/store/index.ts';
import { film } from './film.ts';
import { createStudio, type Studio } from './studio.ts';
import { waitFor } from './wait-for.ts';

export const silent = { info: () => {}, warn: () => {}, error: () => {} };

export interface Workshop {
  readonly engine: Engine;
  readonly studio: Studio;
  /** Keys of the stored results that deletions removed. */
  readonly removedBlobs: readonly string[];
  /** Orders a film. */
  order(id?: string): Promise<Job>;
  job(id: string): Promise<Job>;
  events(id: string): Promise<readonly JobEvent[]>;
  /** Waits until the job has this status; fails when it ends with another. */
  until(id: string, status: JobStatus): Promise<Job>;
  untilRunning(name: string): Promise<unknown>;
}

/** An engine on the database, its tasks done by a studio. Start and stop it yourself. */
export function openWorkshop(database: Database, options: Partial<EngineOptions> = {}): Workshop {
  const studio = createStudio();
  const removedBlobs: string[] = [];
  const engine = createEngine({
    database,
    workflow: film,
    runTask: studio.runTask,
    concurrency: { narrate: 2, render: 2 },
    logger: silent,
    storageOfPreview: async (jobId) => `/api/jobs/${jobId}/preview`,
    files: {
      removeBlob: async (key) => void removedBlobs.push(key),
      removePreview: async () => {},
    },
    role: 'both',
    ...options,
  });
  const job = async (id: string) => {
    const state = await readJob(database, id);
    assert.ok(state, `job ${id} exists`);
    return state.job;
  };
  return {
    engine,
    studio,
    removedBlobs,
    job,
    order: async (id = randomUUID()) => (await engine.createJob({ id, title: 'A film', input: {} })).job,
    events: (id) => readEvents(database, id, { after: 0 }),
    until: (id, status) =>
      waitFor(`the job to be ${status}`, async () => {
        const now = await job(id);
        const isOver = now.finishedAt !== null && now.status !== status;
        assert.ok(!isOver, `the job is ${now.status}: ${JSON.stringify(now.error)}`);
        return now.status === status && now;
      }),
    untilRunning: (name) => waitFor(`${name} to run`, () => studio.running.has(name)),
  };
}

/** The log is gapless, ends once, and folds to exactly what is stored. */
export async function assertSoundLog({ events, job }: Workshop, id: string): Promise<void> {
  const log = await events(id);
  assert.deepEqual(
    log.map(({ seq }) => seq),
    log.map((_, index) => index + 1),
  );
  const folded = log.reduce<Job | undefined>(reduceJob, undefined);
  assert.deepEqual(await job(id), folded);
  let highest = 0;
  for (const event of log) {
    if (event.kind === 'retried') highest = 0;
    if (event.kind !== 'stage') continue;
    assert.ok(event.progress >= highest, `the bar went back at event ${event.seq}`);
    highest = event.progress;
  }
}
