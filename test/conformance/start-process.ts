import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface StartedProcess extends AsyncDisposable {
  /** The first line it printed. */
  readonly firstLine: string;
}

/** Runs a program of ours in a process of its own and waits for its first line. It is killed when disposed of. */
export async function startProcess(
  parameters: readonly string[],
  env: Record<string, string> = {},
): Promise<StartedProcess> {
  const child = spawn(process.execPath, parameters, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const firstLine = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += String(part);
      const [line, ...rest] = text.split('\n');
      if (line !== undefined && rest.length > 0) resolve(line);
    });
    child.once('exit', () => reject(new Error(`${parameters[0]} ended before it was ready: ${text}`)));
  });
  return {
    firstLine,
    async [Symbol.asyncDispose]() {
      process.off('exit', kill);
      child.kill('SIGKILL');
      await gone;
    },
  };
}
