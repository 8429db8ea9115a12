import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What a process and all that it started use, as Linux tells it; elsewhere only this very process is seen. */
const isLinux = existsSync('/proc/self/smaps_rollup');

/** Processor time of a process (this one when absent) and of all its children, those that have ended too, in seconds. */
export function cpuSeconds(pid = process.pid): number {
  if (!isLinux) {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
  return family(pid).reduce((sum, member) => sum + ticksOf(member), 0) / ticksPerSecond;
}

/** utime, stime, cutime, cstime: fields 14 to 17 of proc_pid_stat(5); the last two are of children that have ended. */
function ticksOf(pid: number): number {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /su, '')
    .split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
}

const ticksPerSecond = 100;

/**
 * The most memory that a process and its children had at one time, looked at every two seconds, until it is stopped:
 * looking takes the kernel milliseconds for each process.
 */
export function watchMemory(pid = process.pid): { stop(): { readonly peakBytes: number } } {
  let peakBytes = memoryBytes(pid);
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, memoryBytes(pid));
  }, 2_000);
  return {
    stop: () => {
      clearInterval(timer);
      return { peakBytes };
    },
  };
}

/** A page that several processes share, such as the code of Node, counts once: proportional set size. */
function memoryBytes(pid: number): number {
  if (!isLinux) return process.memoryUsage.rss();
  return family(pid).reduce((sum, member) => sum + proportionalBytes(member), 0);
}

function proportionalBytes(pid: number): number {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+)/mu.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kilobytes) * 1024;
}

function family(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(family)];
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
