import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuraClient } from '../../src/sdk/index.ts';
import { makeEmbedded } from '../support/databases.ts';

/** A server in a process of its own, to be killed. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly client: AuraClient;
  /** Sends a signal. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it the hard way and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a server on a free port of the loopback interface and waits until it listens. */
export async function startServerProcess(options: {
  readonly dataDirectory: string;
  readonly databaseUrl?: string | undefined;
  /** False: it only takes orders. */
  readonly works?: boolean;
  /** Turns the command line of the server into the one that is run; itself when absent. */
  readonly launch?: (command: readonly string[]) => readonly string[];
}): Promise<ServerProcess> {
  const { launch = (command) => command, ...settings } = options;
  const database = join(settings.dataDirectory, 'database');
  if (settings.databaseUrl === undefined && !existsSync(database)) await makeEmbedded(database);
  const program = join(import.meta.dirname, 'serve.ts');
  const [command = '', ...parameters] = launch([process.execPath, program, JSON.stringify(settings)]);
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const url = await readUrl(child);
  return {
    url,
    pid: child.pid ?? 0,
    client: new AuraClient({ baseUrl: url }),
    signal: (signal) => void child.kill(signal),
    async kill(signal = 'SIGKILL') {
      process.off('exit', killAtExit);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

async function readUrl(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const part of child.stdout ?? []) {
    text += String(part);
    const end = text.indexOf('\n');
    if (end !== -1) return text.slice(0, end);
  }
  throw new Error('the server ended before it listened');
}
