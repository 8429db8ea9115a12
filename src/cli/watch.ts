import type { Config } from '../config.ts';
import { failureOf } from '../sdk/index.ts';
import { processDisplay } from './environment.ts';
import { followJob } from './follow-job.ts';
import { listenForInterrupts } from './interrupts.ts';
import { clientOf } from './local-server.ts';
import { sizeText } from './quantities.ts';

interface WatchCommand {
  readonly jobId: string;
  readonly serverUrl: string | undefined;
  readonly config: Config;
}

/** `aura watch`: shows an export to its end and where its files are. Never changes it. */
export async function watch({ jobId, serverUrl, config }: WatchCommand): Promise<void> {
  const client = clientOf({ serverUrl, config });
  const handle = client.job(jobId);
  const display = processDisplay();
  using interrupts = listenForInterrupts({
    onFirst: () => {},
    outcome: 'No longer watching; the export goes on.',
  });
  const { signal } = interrupts;
  // A wrong id or address is told at once: the event stream would wait for a job to appear.
  await handle.refresh({ signal });
  const job = await followJob({ handle, display, signal, onStop: 'leave' });
  if (job.status !== 'completed') throw failureOf(job);
  const lines = job.artifacts.map(({ url, sizeBytes }) => `${client.url(url)}  ${sizeText(sizeBytes)}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
