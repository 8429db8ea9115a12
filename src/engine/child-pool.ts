import type { Json } from '../protocol/index.ts';
import { type Child, openChild } from './open-child.ts';
import type { ChildOptions } from './run-child.ts';

/** Processes that stay a moment after their work, for the next of the same kind: starting one takes half a second. */
export interface ChildPool {
  /**
   * As `runChild`, but after a success the process may live on. Whatever ends badly ends its process.
   *
   * @param kind Only work of one kind is done by one process: what it remembers of the work before must be of use.
   */
  run(kind: string, options: ChildOptions): Promise<Json>;
}

interface Idle {
  readonly kind: string;
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
  const take = (kind: string): Child | undefined => {
    for (const one of idle) {
      // What waits for other work holds memory that is needed now.
      if (one.kind !== kind || !one.child.isAlive) void release(one).end();
    }
    const [found] = idle;
    return found && release(found);
  };
  return {
    run: async (kind, options) => {
      options.signal.throwIfAborted();
      const child = take(kind) ?? openChild(options);
      const value = await child.run(options);
      const kept: Idle = { kind, child, timer: setTimeout(() => release(kept).end(), idleMilliseconds) };
      idle.add(kept);
      return value;
    },
  };
}
