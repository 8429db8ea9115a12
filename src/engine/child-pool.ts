import type { Json } from '../protocol/index.ts';
import { type Child, type ChildProgram, openChild } from './open-child.ts';
import type { ChildOptions } from './run-child.ts';

/** Processes that wait after their work for more: starting one takes half a second, and its code is fast only after a while. */
export interface ChildPool {
  /** As `runChild`, but after a success the process may live on. Whatever ends badly ends its process. */
  run(work: PooledWork): Promise<Json>;
  /**
   * There may be work soon: in a quiet time, processes are started as if they had worked before, and those that wait do so for
   * longer. While others work nothing happens.
   */
  expect(program: ChildProgram): void;
  /** Ends the processes that wait, and those that work after their work. */
  close(): Promise<void>;
}

/** Of one pool, all work is done by the same program. */
export interface PooledWork extends ChildOptions {
  /** Whose it is. When it is broken off, processes that last worked for the same end as well. */
  readonly owner: string;
  /** A process that did such work before does it sooner. */
  readonly kind: string;
  /**
   * What it leaves behind in its process for good, such as fonts. A process that has one does no work with another. Work that
   * leaves nothing behind has none, and goes anywhere.
   */
  readonly environment?: string | undefined;
}

/** How long a process waits for work, in milliseconds, how many do, and for whose. */
interface PoolOptions {
  /** While others work: longer than it takes to hand out a task. */
  readonly pause: number;
  /** When work begins after a quiet time: longer than it takes until there is some for all. */
  readonly start: number;
  /** In a quiet time, when nobody works. */
  readonly quiet: number;
  /** In a quiet time no more than these wait, however many worked at a time. */
  readonly most: number;
  /** In a quiet time after work, or once there may be some soon, no fewer wait at first. */
  readonly expected?: number;
  /** Kinds of work that take long to be ready for: in a quiet time, for each of these one process is. */
  readonly ready?: readonly string[];
  /** A process with more memory of its own, in bytes, has grown: it is given work of its last owner alone. */
  readonly largestBytes: number;
}

interface Waiting {
  readonly child: Child;
  readonly program: ChildProgram;
  readonly owner: string;
  readonly kinds: ReadonlySet<string>;
  readonly environment: string | undefined;
  timer?: NodeJS.Timeout;
  /** Since it rests: the kind of work for which it has everything ready, null for none. */
  readyFor?: string | null;
}

/**
 * What waits beside others that work is in the way: it ends soon. In a quiet time it stays, and lets go of what it keeps for more
 * of the last kind.
 */
export function createChildPool(options: PoolOptions): ChildPool {
  const { pause, start, quiet, most, expected = 1, ready = [], largestBytes } = options;
  /** In the order in which they began to wait. */
  const waiting = new Set<Waiting>();
  let working = 0;
  let isClosed = false;
  const release = (one: Waiting): Child => {
    clearTimeout(one.timer);
    waiting.delete(one);
    return one.child;
  };
  const hasGrown = ({ child }: Waiting): boolean => (child.ownBytes ?? 0) > largestBytes;
  const endAll = async (some: readonly Waiting[]): Promise<void> => {
    await Promise.all(some.map((one) => release(one).end()));
  };
  const restIn = async (one: Waiting): Promise<void> => {
    const open = ready.find((kind) => ![...waiting].some(({ readyFor }) => readyFor === kind));
    one.readyFor = open ?? null;
    await one.child.rest(open);
    if (waiting.has(one) && hasGrown(one)) await release(one).end();
  };
  const endAfterQuiet = (one: Waiting): void => {
    clearTimeout(one.timer);
    one.timer = setTimeout(() => release(one).end(), quiet);
  };
  /** Such a process has rested as well: its code is loaded. */
  const fillUp = (program: ChildProgram): void => {
    while (waiting.size < Math.min(expected, most)) {
      const child = openChild(program);
      const one: Waiting = { child, program, owner: '', kinds: new Set(), environment: undefined };
      waiting.add(one);
      endAfterQuiet(one);
      void restIn(one);
    }
  };
  const endAfter = (one: Waiting, milliseconds: number): void => {
    const { program } = one;
    clearTimeout(one.timer);
    one.timer = setTimeout(() => {
      if (working > 0 || waiting.size > most) return void release(one).end();
      endAfterQuiet(one);
      void restIn(one);
      fillUp(program);
    }, milliseconds);
  };
  const take = (work: PooledWork): Waiting | undefined => {
    // What waits for other work holds memory that is needed now.
    void endAll(
      [...waiting].filter((one) => !fits(one, work) || (hasGrown(one) && one.owner !== work.owner)),
    );
    const found = bestFor(work, [...waiting].reverse());
    if (found !== undefined) release(found);
    return found;
  };
  const doIn = async (child: Child, work: PooledWork): Promise<Json> => {
    if (working === 0) for (const one of waiting) endAfter(one, start);
    working += 1;
    try {
      return await child.run(work);
    } catch (error) {
      // Nobody wants the others' results either.
      if (work.signal.aborted) void endAll([...waiting].filter(({ owner }) => owner === work.owner));
      throw error;
    } finally {
      working -= 1;
    }
  };
  return {
    run: async (work) => {
      work.signal.throwIfAborted();
      const found = take(work);
      const child = found?.child ?? openChild(work);
      const value = await doIn(child, work);
      const { owner, kind, environment = found?.environment } = work;
      const kinds = new Set([...(found?.kinds ?? []), kind]);
      const one: Waiting = { child, program: found?.program ?? programOf(work), owner, environment, kinds };
      if (isClosed) await child.end();
      else {
        waiting.add(one);
        endAfter(one, pause);
      }
      return value;
    },
    expect: (program) => {
      if (isClosed || working > 0) return;
      for (const one of waiting) if (one.readyFor !== undefined) endAfterQuiet(one);
      fillUp(program);
    },
    close: async () => {
      isClosed = true;
      await endAll([...waiting]);
    },
  };
}

function programOf({ modulePath, v8Options, niceness }: PooledWork): ChildProgram {
  return { modulePath, v8Options, ...(niceness !== undefined && { niceness }) };
}

function fits({ child, ...before }: Waiting, { environment }: PooledWork): boolean {
  const isOther = before.environment !== undefined && environment !== undefined;
  return child.isAlive && !(isOther && before.environment !== environment);
}

/**
 * One that is ready for such work, or did it before, or worked for the same owner, and rather not one that is ready for other
 * work; of equals the first.
 */
function bestFor({ owner, kind }: PooledWork, some: readonly Waiting[]): Waiting | undefined {
  const score = (one: Waiting): number =>
    (typeof one.readyFor === 'string' ? (one.readyFor === kind ? 4 : -1) : 0) +
    (one.kinds.has(kind) ? 2 : 0) +
    (one.owner === owner ? 1 : 0);
  const highest = Math.max(...some.map(score));
  return some.find((one) => score(one) === highest);
}
