import type { TestContext } from 'node:test';
import type { Job } from '../../src/protocol/index.ts';
import { AuraClient, type Connection, type WatchTiming } from '../../src/sdk/index.ts';
import { type ContractServer, startContractServer, type TestJob } from './contract-server.ts';
import { completedLog, sampleJobId } from './sample-log.ts';
import type { Misbehaviour } from './stream-writer.ts';

/** Quick, but for a silence that no healthy connection reaches. */
export const timing: Partial<WatchTiming> = { silenceSeconds: 5, retrySeconds: 0.002 };

/** Appends what is left of the sample job. */
export function play(job: TestJob): void {
  for (const { seq: _, at: __, ...event } of completedLog.slice(job.log.length)) job.append(event);
}

/** A state that differs from the one before by more than its number is a change too: `seq` is part of the state. */
export function changed(state: Job, index: number, all: Job[]): boolean {
  return JSON.stringify(state) !== JSON.stringify(all[index - 1]);
}

export interface Following {
  readonly job: TestJob;
  readonly stream?: (connection: number) => Misbehaviour;
  readonly poll?: (request: number) => number | undefined;
  readonly timing?: Partial<WatchTiming>;
  readonly whileWatching?: ((count: number, state: Job) => unknown)[];
  readonly connections?: Connection[];
}

export async function follow(
  t: TestContext,
  following: Following,
): Promise<{ states: Job[]; server: ContractServer }> {
  const { job, whileWatching = [], connections = [], stream, poll } = following;
  const server = await serve(t, {
    jobs: { [sampleJobId]: job },
    ...(stream && { stream }),
    ...(poll && { poll }),
  });
  const handle = new AuraClient({ baseUrl: server.url, timing: following.timing ?? timing }).job(sampleJobId);
  const states: Job[] = [];
  for await (const state of handle.watch({ onConnection: (connection) => connections.push(connection) })) {
    states.push(state);
    for (const step of whileWatching) step(states.length, state);
  }
  return { states, server };
}

export async function serve(
  t: TestContext,
  setup: Parameters<typeof startContractServer>[0],
): Promise<ContractServer> {
  const server = await startContractServer(setup);
  t.after(() => server.close());
  return server;
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
