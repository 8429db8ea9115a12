import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createEngine } from '../../../src/engine/engine.ts';
import type { RunTask } from '../../../src/engine/index.ts';
import { type DatabaseOptions, openDatabase, readJob } from '../../../src/store/index.ts';
import { film } from './film.ts';
import { isHeld } from './hold-files.ts';
import { waitFor } from './wait-for.ts';

/** What the program is started with, as JSON in its one argument. */
export interface WorkerOptions {
  readonly database: Pick<DatabaseOptions, 'databaseUrl' | 'directory'>;
  /** Each run of a task adds a line to the file of its name here. */
  readonly folder: string;
  readonly renderConcurrency: number;
}

/** What it can be asked by message: a job's id for each. */
export interface WorkerOrder {
  readonly create?: string;
  readonly cancel?: string;
  /** Answered with the job's status when it has ended. */
  readonly tellEnd?: string;
}

/** A program: works on a database's jobs until it is killed or told to stop by SIGTERM. */
const { database: options, folder, renderConcurrency }: WorkerOptions = JSON.parse(process.argv[2] ?? '');

const runTask: RunTask = async ({ task, signal }) => {
  await appendFile(join(folder, task.name), `${process.pid}\n`);
  while (isHeld(folder, task.name)) await setTimeout(20, undefined, { signal });
  return { output: task.name, cached: false };
};

const database = await openDatabase(options);
const engine = createEngine({
  database,
  workflow: film,
  runTask,
  concurrency: { narrate: 2, render: renderConcurrency },
  logger: { info: () => {}, warn: console.error, error: console.error },
  storageOfPreview: async () => '',
  files: { removeBlob: async () => {}, removePreview: async () => {} },
  role: 'both',
});
await engine.start();
process.once('SIGTERM', async () => {
  await engine.stop();
  await database.close();
  process.exit(0);
});
process.on('message', async (order: WorkerOrder) => {
  if (order.create !== undefined) await engine.createJob({ id: order.create, title: 'A film', input: {} });
  if (order.cancel !== undefined) await engine.cancel(order.cancel);
  if (order.tellEnd !== undefined) process.send?.(await endOf(order.tellEnd));
});
process.send?.('ready');

async function endOf(jobId: string): Promise<string> {
  return waitFor('the end', async () => {
    const state = await readJob(database, jobId);
    return state?.job.finishedAt !== null && state?.job.status;
  });
}
