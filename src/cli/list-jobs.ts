import type { Config } from '../config.ts';
import type { JobList } from '../protocol/index.ts';
import type { AuraClient } from '../sdk/index.ts';
import { jobLines } from './job-text.ts';
import { clientOf } from './local-server.ts';

interface ListCommand {
  readonly serverUrl: string | undefined;
  readonly config: Config;
  readonly limit: number;
  /** Prints them as the API does. */
  readonly json?: boolean;
}

/** `aura jobs`: the newest exports, a line each. */
export async function listJobs({ serverUrl, config, limit, json }: ListCommand): Promise<void> {
  const list = await newest(clientOf({ serverUrl, config }), limit);
  if (json === true) process.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
  else if (list.jobs.length === 0) process.stderr.write('There are no exports.\n');
  else process.stdout.write(`${jobLines(list.jobs).join('\n')}\n`);
}

/** As many as one page holds. */
const longestPage = 100;

async function newest(client: AuraClient, limit: number): Promise<JobList> {
  const list = await client.jobs({ limit: Math.min(limit, longestPage) });
  const { jobs } = list;
  let { nextCursor } = list;
  while (nextCursor !== null && jobs.length < limit) {
    const cursor = nextCursor;
    const more = await client.jobs({ cursor, limit: Math.min(limit - jobs.length, longestPage) });
    jobs.push(...more.jobs);
    nextCursor = more.nextCursor;
  }
  return { jobs, nextCursor };
}
