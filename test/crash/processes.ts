import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Process ids of the processes this one has started and that still run. */
export function childrenOf(pid: number): number[] {
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
