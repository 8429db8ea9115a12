import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a process used from one moment to another. */
export interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** How much later than it should the event loop came to a timer, in milliseconds. */
  readonly loopDelayP50: number;
  readonly loopDelayP99: number;
}

export interface Memory {
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** What a server of this benchmark tells of itself. */
export interface SelfReport extends Record<string, (input: never) => unknown> {
  begin(): void;
  end(): Usage;
  /** After everything unused was collected. */
  memory(): Promise<Memory>;
}

const resolution = 10;

/** Needs `--expose-gc`. */
export function createSelfReport(): SelfReport {
  const delay = monitorEventLoopDelay({ resolution });
  let began = { wall: 0, cpu: 0 };
  return {
    begin() {
      delay.reset();
      delay.enable();
      began = { wall: performance.now(), cpu: ownCpuSeconds() };
    },
    end() {
      delay.disable();
      return {
        wallSeconds: (performance.now() - began.wall) / 1000,
        cpuSeconds: ownCpuSeconds() - began.cpu,
        loopDelayP50: delayOf(delay.percentile(50)),
        loopDelayP99: delayOf(delay.percentile(99)),
      };
    },
    async memory() {
      for (let times = 0; times < 3; times++) {
        globalThis.gc?.();
        await new Promise(setImmediate);
      }
      const { rss, heapUsed } = process.memoryUsage();
      return { rssBytes: rss, heapBytes: heapUsed };
    },
  };
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The histogram holds whole intervals of its own timer. */
function delayOf(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - resolution);
}
