import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What this process and all that it started use, as Linux tells it; elsewhere only this process is seen. */
const isLinux = existsSync('/proc/self/smaps_rollup');

/** Processor time of this process and of every child that has ended, in seconds. */
export function cpuSeconds(): number {
  if (!isLinux) {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /su, '')
    .split(' ');
  // utime, stime, cutime, cstime: fields 14 to 17 of proc_pid_stat(5).
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
}

const ticksPerSecond = 100;

/** The most memory that was in use at one time, looked at every two seconds, until it is stopped: looking takes the kernel milliseconds for each process. */
export function watchMemory(): { stop(): { readonly peakBytes: number } } {
  let peakBytes = memoryBytes();
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, memoryBytes());
  }, 2_000);
  return {
    stop: () => {
      clearInterval(timer);
      return { peakBytes };
    },
  };
}

/** A page that several processes share, such as the code of Node, counts once: proportional set size. */
function memoryBytes(): number {
  if (!isLinux) return process.memoryUsage.rss();
  return family(process.pid).reduce((sum, pid) => sum + proportionalBytes(pid), 0);
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
