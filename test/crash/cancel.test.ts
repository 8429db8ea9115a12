import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startServerProcess } from './server-process.ts';

const script =
  '# A long day\n\nThe sun comes up, and we have breakfast, and then there is a lot to do until it sets.\n';

test('cancelled means: the children are dead and their files are gone', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-cancel-'));
  const server = await startServerProcess({ dataDirectory });
  try {
    const job = await server.client.export({ script });
    for await (const { stage, preview } of job.watch()) if (stage === 'render' && preview !== null) break;
    assert.ok(childrenOf(server.pid).length > 0, 'something is drawing');
    assert.ok((await workFiles(dataDirectory)).length > 0, 'something is being written');

    await job.cancel();
    let last: string | undefined;
    for await (const { status } of job.watch()) last = status;
    assert.equal(last, 'cancelled');
    assert.deepEqual(childrenOf(server.pid), []);
    assert.deepEqual(await workFiles(dataDirectory), []);
  } finally {
    await server.kill('SIGTERM');
    await rm(dataDirectory, { recursive: true, force: true });
  }
});

/** Process ids of the processes this one has started and that still run. */
function childrenOf(pid: number): number[] {
  return processes()
    .filter(({ parent, state }) => parent === pid && state !== 'Z')
    .map(({ pid: child }) => child);
}

/** All processes of this machine: from the kernel where it has a file for each, else from `ps`. */
function processes(): { pid: number; parent: number; state: string }[] {
  const rows = existsSync('/proc/self/stat')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(statOf)
    : execFileSync('ps', ['-A', '-o', 'pid=,stat=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return rows.map((row) => {
    const [pid, state = '', parent] = row.trim().split(/\s+/);
    return { pid: Number(pid), state: state.slice(0, 1), parent: Number(parent) };
  });
}

/** Pid, state and parent; the name between them may hold spaces and brackets. Empty when it ended meanwhile. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/s, '');
  } catch {
    return '';
  }
}

async function workFiles(dataDirectory: string): Promise<string[]> {
  const entries = await readdir(join(dataDirectory, 'store/work'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
