import { once } from 'node:events';
import type { RunTask, TaskContext } from '../../../src/engine/contract.ts';

/** Does the tasks of the test film: at once, or when the test says so. */
export interface Studio {
  readonly runTask: RunTask;
  /** Names of the tasks in the order in which they were begun. */
  readonly begun: readonly string[];
  /** Those that run now. */
  readonly running: ReadonlySet<string>;
  /** Lets a task run until `release`, or until it is told to stop. */
  hold(name: string): void;
  release(name: string): void;
  /** What the task does the next time, before it is done. */
  onNext(name: string, act: (context: TaskContext) => Promise<void> | void): void;
}

export function createStudio(): Studio {
  const begun: string[] = [];
  const running = new Set<string>();
  const held = new Map<string, PromiseWithResolvers<void>>();
  const acts = new Map<string, ((context: TaskContext) => Promise<void> | void)[]>();
  return {
    begun,
    running,
    hold: (name) => held.set(name, Promise.withResolvers()),
    release(name) {
      held.get(name)?.resolve();
      held.delete(name);
    },
    onNext: (name, act) => acts.set(name, [...(acts.get(name) ?? []), act]),
    async runTask(context) {
      const { name } = context.task;
      begun.push(name);
      running.add(name);
      try {
        context.progress(0.5, `Half of ${name}`);
        await acts.get(name)?.shift()?.(context);
        await untilReleased(held.get(name), context.signal);
        return { output: { made: name }, cached: false };
      } finally {
        running.delete(name);
      }
    },
  };
}

async function untilReleased(
  held: PromiseWithResolvers<void> | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (held === undefined) return;
  signal.throwIfAborted();
  const stopped = once(signal, 'abort').then(() => signal.throwIfAborted());
  await Promise.race([held.promise, stopped]);
}
