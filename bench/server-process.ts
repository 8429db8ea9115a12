import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AuraClient } from '../src/sdk/index.ts';

/** `aura serve` in a process of its own: what measures it is not measured. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
  readonly client: AuraClient;
}

/** Starts the server on a free port of the loopback interface, with the embedded database, and waits until it listens. */
export async function startServerProcess(settings: {
  readonly dataDirectory: string;
  readonly concurrency: number;
}): Promise<ServerProcess> {
  const program = join(import.meta.dirname, '../bin/aura.js');
  const child = spawn(process.execPath, [program, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AURA_DATA: settings.dataDirectory,
      AURA_CONCURRENCY: String(settings.concurrency),
      AURA_HOST: '127.0.0.1',
      AURA_PORT: '0',
      AURA_LOG_LEVEL: 'error',
      DATABASE_URL: '',
    },
  });
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const url = await addressOf(child);
  return {
    pid: child.pid ?? 0,
    url,
    client: new AuraClient({ baseUrl: url }),
    [Symbol.asyncDispose]: async () => {
      process.off('exit', killAtExit);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout !== null) {
    for await (const line of createInterface(child.stdout)) {
      const address = /http:\S+/u.exec(line)?.[0];
      if (address !== undefined) return address;
    }
  }
  throw new Error('the server ended before it listened');
}
