import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { errorCode } from './durable-files.ts';

/**
 * The folders in which attempts of tasks write, one folder above them for each process:
 * `<root>/<host>.<pid>.<start of the process>/<name>-<random>`. So it can be told which ones nobody uses any more.
 */
export interface WorkFolders {
  create(name: string): Promise<string>;
  remove(folder: string): Promise<void>;
  clearStale(): Promise<void>;
}

export function createWorkFolders(root: string): WorkFolders {
  const own = join(root, ownName());
  return {
    async create(name) {
      await mkdir(own, { recursive: true });
      return await mkdtemp(join(own, `${fileName(name)}-`));
    },
    async remove(folder) {
      const inside = relative(root, folder);
      if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) {
        throw new RangeError(`${folder} is not a work folder`);
      }
      await rm(folder, { recursive: true, force: true });
    },
    async clearStale() {
      await mkdir(root, { recursive: true });
      for (const name of await readdir(root)) {
        if (await isStale(root, name)) await rm(join(root, name), { recursive: true, force: true });
      }
    },
  };
}

/** A number that outlives no process is not enough: in a container every run has the same one. */
function ownName(): string {
  return `${fileName(hostname())}.${process.pid}.${Math.round(performance.timeOrigin)}`;
}

function fileName(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9-]+/g, '-').slice(0, 60);
}

/** After this long without a new attempt, a folder whose process cannot be looked at counts as left behind. */
const staleAfterMilliseconds = 24 * 3_600_000;

async function isStale(root: string, name: string): Promise<boolean> {
  if (name === ownName()) return false;
  const [host, pid] = name.split('.');
  const isOurHost = host === fileName(hostname());
  if (isOurHost && (Number(pid) === process.pid || !isAlive(Number(pid)))) return true;
  const age = Date.now() - (await modifiedAt(join(root, name)));
  return age > staleAfterMilliseconds;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return errorCode(error) === 'EPERM';
  }
}

async function modifiedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Date.now();
    throw error;
  }
}
