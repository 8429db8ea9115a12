import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../src/protocol/index.ts';
import type { AuraClient, JobHandle } from '../../src/sdk/index.ts';
import { waitFor } from '../engine/support/wait-for.ts';
import { childrenOf } from './processes.ts';

interface Place {
  readonly client: AuraClient;
  /** Those whose children do the work. */
  readonly servers: readonly { readonly pid: number }[];
  readonly dataDirectory: string;
}

/** The stages an export can be in when it is cancelled; sound is mixed while frames are drawn. */
export const moments = ['narrate', 'plan', 'render', 'finish'] as const;
export type Moment = (typeof moments)[number];

/** Exports a script, which nothing may be stored of, and cancels it at this moment. */
export async function cancelRound(
  { client, servers, dataDirectory }: Place,
  { script, moment }: { readonly script: string; readonly moment: Moment },
): Promise<{
  /** From the request until nothing was left of the work: no process and no file. */
  readonly milliseconds: number;
  readonly job: JobHandle;
}> {
  const children = () => servers.flatMap(({ pid }) => childrenOf(pid));
  const job = await client.export({ script });
  for await (const state of job.watch()) if (isAt(moment, state)) break;
  await waitFor(`a process in ${moment}`, () => children().length > 0);
  const start = performance.now();
  const { status } = await job.cancel();
  assert.match(status, /^cancell(ing|ed)$/);
  await waitFor(
    'nothing to be left',
    async () => children().length === 0 && (await workFiles(dataDirectory)).length === 0,
  );
  return { milliseconds: performance.now() - start, job };
}

/** Frames are being drawn as soon as one is shown. */
function isAt(moment: Moment, { stage, preview }: Job): boolean {
  return stage === moment && (moment !== 'render' || preview !== null);
}

/** What attempts under way have written. */
export async function workFiles(dataDirectory: string): Promise<string[]> {
  const folder = join(dataDirectory, 'store/work');
  for (;;) {
    try {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    } catch (error) {
      // A folder was removed between being listed and being read, which is what is waited for: look again.
      if (!isGone(error) || error.path === folder) throw error;
    }
  }
}

function isGone(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
