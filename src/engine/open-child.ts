import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { AuraError, type ErrorCode, fromFailure, type Json } from '../protocol/index.ts';
import { type ErrorReader, readErrors } from './child-errors.ts';
import type { ChildEnd, ChildMessage, ChildOrder, ChildReport, ChildRested } from './child-protocol.ts';
import type { Logger } from './logger.ts';

export interface ChildProgram {
  /** Path of a module that calls `serveChild`. */
  readonly modulePath: string;
  /** Besides those of every child. */
  readonly v8Options?: readonly string[] | undefined;
  /** Scheduling priority as in `nice`; below the server by default, so that the page stays quick. */
  readonly niceness?: number;
}

export interface ChildWork {
  readonly input: Json;
  /** What it is called when the child dies of this work without saying why. */
  readonly crashCode: ErrorCode;
  /** Of this work: what the child writes to stderr meanwhile goes there. */
  readonly logger: Logger;
  /** Kills the child. */
  readonly signal: AbortSignal;
  readonly onReport: (report: ChildReport) => void;
  /** A child that gets no further for this long is taken for stuck and killed. */
  readonly stallSeconds: number;
}

/** A process that does one piece of work after another. */
export interface Child {
  /** Whether it can be given work. */
  readonly isAlive: boolean;
  /** What its memory was when that was told last: after work, or a rest. */
  readonly ownBytes: number | undefined;
  /**
   * One at a time. After it has thrown the process is gone.
   *
   * @throws {AuraError} what the child reported; task_stalled; `crashCode` with the end of what it wrote to stderr.
   * @throws the signal's reason when it was aborted.
   */
  run(work: ChildWork): Promise<Json>;
  /**
   * There is nothing to do for now: it may let go of what it keeps for more of the same. Resolves when it has, or is gone.
   *
   * @param next a kind of work to have everything ready for.
   */
  rest(next?: string): Promise<void>;
  /** Resolves when the process is gone. */
  end(): Promise<void>;
}

export function openChild(program: ChildProgram): Child {
  const child = fork(program.modulePath, [], {
    execArgv: [...v8Options, ...(program.v8Options ?? [])],
    env: { ...codeSettings, ...memorySettings, ...env },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors = readErrors(child);
  const closed = exitOf(child);
  lowerPriority(child, program.niceness);
  const end = async (): Promise<void> => {
    // A process that ends by itself leaves its compiled code to the next. Told, not cut off: after `disconnect` by this
    // side Node never says that a child is closed.
    tell(child, { type: 'end' });
    const timer = setTimeout(() => child.kill('SIGKILL'), endMilliseconds);
    await closed;
    clearTimeout(timer);
  };
  let ownBytes: number | undefined;
  return {
    get isAlive() {
      return child.connected;
    },
    get ownBytes() {
      return ownBytes;
    },
    run: async (work) => {
      try {
        const result = await runIn({ child, closed, errors }, work);
        ownBytes = result.ownBytes;
        return result.value;
      } catch (error) {
        await end();
        throw error;
      }
    },
    rest: async (next) => {
      tell(child, { type: 'rest', next });
      const rested = await Promise.race([restOf(child), closed]);
      if (rested.type === 'rested') ownBytes = rested.ownBytes;
    },
    end,
  };
}

/** One that is gone, or cannot start, is noticed by its end. */
function tell(child: ChildProcess, order: ChildOrder): void {
  if (child.connected) child.send(order, () => {});
}

/**
 * V8 collects short-lived objects whenever so many megabytes of them have come together. Ours are small, but hold blocks of
 * sound and frames: at V8's own 16 the process that mixes ten minutes had 250 MB instead of 180, in the same CPU time.
 */
const v8Options = ['--max-semi-space-size=1'];

/**
 * Compiled code is kept in the folder that Node itself would take. Children are many and short: loading code is half of what
 * the small ones cost, and who finds all of theirs there does not load the compiler for TypeScript, of 17 MB, either.
 */
const codeSettings = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };

/**
 * Of glibc, others ignore them: what is larger than any band of pixels that is drawn at a time is given back to the system when
 * it is freed. By itself glibc raises that limit to the largest block it has seen, and a process that draws keeps 70 to 90 MB
 * more. A lower limit would have each band's memory cleared anew.
 */
const memorySettings = {
  MALLOC_MMAP_THRESHOLD_: '4500000',
  MALLOC_TRIM_THRESHOLD_: '4500000',
  MALLOC_ARENA_MAX: '2',
};

/** A process that has not ended by itself after this long is killed. */
const endMilliseconds = 1_000;

interface Exit {
  readonly type: 'exit';
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** 'close', not 'exit': only then has all it said been read. A process that could not be started has no exit. */
async function exitOf(child: ChildProcess): Promise<Exit> {
  child.on('error', () => {});
  const [code, signal]: [Exit['code'], Exit['signal']] = await once(child, 'close').then(
    ([first, second]) => [first, second],
  );
  return { type: 'exit', code, signal };
}

interface Running {
  readonly child: ChildProcess;
  readonly closed: Promise<Exit>;
  readonly errors: ErrorReader;
}

type Result = Extract<ChildEnd, { type: 'result' }>;

async function runIn({ child, closed, errors }: Running, work: ChildWork): Promise<Result> {
  const { signal, stallSeconds, crashCode } = work;
  signal.throwIfAborted();
  errors.begin(work.logger);
  using resources = new DisposableStack();
  const stall = resources.use(watchSilence(child, stallSeconds));
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  resources.defer(() => signal.removeEventListener('abort', kill));
  const said = resources.use(listen(child, work.onReport));
  tell(child, { type: 'work', input: work.input });
  const end = await Promise.race([said.end, closed]);
  // What was written to stderr before the end was said is there, and read in this turn of the event loop.
  await setImmediate();
  // A result that came before the abort took effect is as good as any.
  if (end.type === 'result') return end;
  signal.throwIfAborted();
  if (end.type === 'failure') throw fromFailure(end.failure);
  if (stall.happened) throw new AuraError('task_stalled', `It got no further for ${stallSeconds} s.`);
  const how = end.signal === null ? `with code ${end.code}` : `by ${end.signal}`;
  throw new AuraError(crashCode, `The process ended ${how}. ${errors.text()}`.trim());
}

function watchSilence(child: ChildProcess, seconds: number): Disposable & { readonly happened: boolean } {
  let happened = false;
  const timer = setTimeout(() => {
    happened = true;
    child.kill('SIGKILL');
  }, seconds * 1_000);
  let highest = Number.NEGATIVE_INFINITY;
  const hear = (message: ChildMessage): void => {
    // To say the same again is no progress.
    if (message.type === 'progress' && message.fraction <= highest) return;
    if (message.type === 'progress') highest = message.fraction;
    timer.refresh();
  };
  child.on('message', hear);
  return {
    get happened() {
      return happened;
    },
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      child.off('message', hear);
    },
  };
}

function listen(
  child: ChildProcess,
  onReport: (report: ChildReport) => void,
): Disposable & { readonly end: Promise<ChildEnd> } {
  const { promise, resolve } = Promise.withResolvers<ChildEnd>();
  // Proven by serveChild: the only writer at the other end of this channel.
  const hear = (message: ChildMessage): void => {
    if (message.type === 'result' || message.type === 'failure') resolve(message);
    // It had begun to before there was work.
    else if (message.type !== 'rested') onReport(message);
  };
  child.on('message', hear);
  return { end: promise, [Symbol.dispose]: () => child.off('message', hear) };
}

function restOf(child: ChildProcess): Promise<ChildRested> {
  return new Promise((resolve) => {
    const hear = (message: ChildMessage): void => {
      if (message.type !== 'rested') return;
      child.off('message', hear);
      resolve(message);
    };
    child.on('message', hear);
  });
}

function lowerPriority(
  child: ChildProcess,
  niceness: number = constants.priority.PRIORITY_BELOW_NORMAL,
): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, niceness);
  } catch {
    // It has ended already, or the system forbids it: the work is the same at any priority.
  }
}
