import type { Json } from '../protocol/index.ts';
import { type Child, openChild } from './open-child.ts';
import type { ChildOptions } from './run-child.ts';

/** Processes that stay a moment after their work, for the next of the same group: starting one takes half a second. */
export interface ChildPool {
  /**
   * As `runChild`, but after a success the process may live on. Whatever ends badly ends its process.
   *
   * @param group Only work of one group is done by one process: what it remembers of the work before must do no harm.
   */
  run(group: string, options: ChildOptions): Promise<Json>;
}

interface Idle {
  readonly group: string;
  readonly child: Child;
  readonly timer: NodeJS.Timeout;
}

/** @param idleMilliseconds How long a process waits for more: at least as long as it takes to hand out a task. */
export function createChildPool(idleMilliseconds: number): ChildPool {
  const idle = new Set<Idle>();
  const release = (one: Idle): Child => {
    clearTimeout(one.timer);
    idle.delete(one);
    return one.child;
  };
  const take = (group: string): Child | undefined => {
    for (const one of idle) {
      // What waits for other work holds memory that is needed now.
      if (one.group !== group || !one.child.isAlive) void release(one).end();
    }
    const found = [...idle].at(-1);
    return found && release(found);
  };
  return {
    run: async (group, options) => {
      options.signal.throwIfAborted();
      const child = take(group) ?? openChild(options);
      const value = await child.run(options).catch((error: unknown) => {
        // Nobody wants the others' results either.
        if (options.signal.aborted) for (const one of idle) if (one.group === group) void release(one).end();
        throw error;
      });
      const kept: Idle = { group, child, timer: setTimeout(() => release(kept).end(), idleMilliseconds) };
      idle.add(kept);
      return value;
    },
  };
}
