import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningAura {
  readonly pid: number;
  /** Resolves when standard output and error together match. */
  until(pattern: RegExp): Promise<void>;
  /** Standard output and error so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

interface Start {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `bin/aura.js` by default. */
  readonly entry?: string;
  /** Program that runs it; this Node by default. */
  readonly node?: string;
}

/** Starts the real command line as a process of its own. */
export function startAura(t: TestContext, { words, cwd, env = {}, entry, node }: Start): RunningAura {
  const file = resolve(import.meta.dirname, '../..', entry ?? 'bin/aura.js');
  const { PATH, HOME } = process.env;
  const child = spawn(node ?? process.execPath, [file, ...words], { cwd, env: { PATH, HOME, ...env } });
  t.after(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const changed = new EventEmitter();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    changed.emit('output');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    changed.emit('output');
  });
  const ended = new Promise<Ended>((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => settle({ code, signal, stdout, stderr }));
  });
  void ended.then(() => changed.emit('output'));
  return {
    pid: child.pid ?? -1,
    async until(pattern) {
      while (!pattern.test(stdout + stderr)) {
        if (child.exitCode !== null) throw new Error(`it ended without ${pattern}:\n${stdout}${stderr}`);
        await once(changed, 'output');
      }
    },
    output: () => stdout + stderr,
    kill: (signal) => child.kill(signal),
    ended,
  };
}

/** Runs the command line to its end. */
export function runAura(t: TestContext, start: Start): Promise<Ended> {
  return startAura(t, start).ended;
}

/** A folder for one test, removed after it. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-cli-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
