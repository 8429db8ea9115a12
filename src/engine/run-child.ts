import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { AuraError, type ErrorCode, fromFailure, type Json } from '../protocol/index.ts';
import type { ChildEnd, ChildMessage, ChildReport } from './child-protocol.ts';
import type { TaskContext } from './contract.ts';
import type { Logger } from './logger.ts';

export interface ChildOptions {
  /** Path of a module that calls `serveChild`. */
  readonly modulePath: string;
  readonly input: Json;
  /** Kills the child. */
  readonly signal: AbortSignal;
  readonly onReport: (report: ChildReport) => void;
  /** A child that gets no further for this long is taken for stuck and killed. */
  readonly stallSeconds: number;
  /** What it is called when the child dies without saying why. */
  readonly crashCode: ErrorCode;
  readonly logger: Logger;
  /** Scheduling priority as in `nice`; below the server by default, so that the page stays quick. */
  readonly niceness?: number;
}

/**
 * Does a piece of work in a process of its own, where a crash or a leak of native code ends nothing else. Settles only when
 * that process is gone.
 *
 * @throws {AuraError} what the child reported; task_stalled; `crashCode` with the end of what it wrote to stderr.
 * @throws the signal's reason when it was aborted.
 */
export async function runChild(options: ChildOptions): Promise<Json> {
  options.signal.throwIfAborted();
  const child = fork(childEntry, [options.modulePath], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stall = watchSilence(child, options.stallSeconds);
  const abort = () => child.kill('SIGKILL');
  options.signal.addEventListener('abort', abort, { once: true });
  const errorText = collectErrorText(child, options.logger);
  const said = collectMessages(child, options.onReport);
  try {
    lowerPriority(child, options.niceness);
    // A child that cannot start, or dies before it has read its input, is reported by its end.
    child.send({ input: options.input }, () => {});
    const exit = await ended(child);
    return resultOf({ exit, end: said.end, errorText: errorText(), stalled: stall.happened }, options);
  } finally {
    stall.stop();
    options.signal.removeEventListener('abort', abort);
  }
}

/** What every child starts with. */
const childEntry = join(import.meta.dirname, 'child-entry.ts');

/** Passes what a child reports on to the watchers of its task. */
export function reportTo(context: TaskContext): (report: ChildReport) => void {
  return (report) => {
    if (report.type === 'progress') context.progress(report.fraction, report.activity, report.unitsDone);
    else if (report.type === 'preview') void context.preview(report.jpeg);
    else void context.warn(report.warning);
  };
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface Ended {
  readonly exit: Exit;
  readonly end: ChildEnd | undefined;
  readonly errorText: string;
  readonly stalled: boolean;
}

function resultOf({ exit, end, errorText, stalled }: Ended, options: ChildOptions): Json {
  // A result that came before the abort took effect is as good as any.
  if (end?.type === 'result') return end.value;
  options.signal.throwIfAborted();
  if (end?.type === 'failure') throw fromFailure(end.failure);
  if (stalled) {
    throw new AuraError('task_stalled', `It got no further for ${options.stallSeconds} s.`);
  }
  const how = exit.signal === null ? `with code ${exit.code}` : `by ${exit.signal}`;
  throw new AuraError(options.crashCode, `The process ended ${how}. ${errorText}`.trim());
}

/** 'close', not 'exit': only then has all it said been read. */
async function ended(child: ChildProcess): Promise<Exit> {
  const [code, signal]: [Exit['code'], Exit['signal']] = await once(child, 'close').then(
    ([first, second]) => [first, second],
  );
  return { code, signal };
}

function watchSilence(child: ChildProcess, seconds: number): { readonly happened: boolean; stop(): void } {
  let happened = false;
  const timer = setTimeout(() => {
    happened = true;
    child.kill('SIGKILL');
  }, seconds * 1_000);
  let highest = Number.NEGATIVE_INFINITY;
  child.on('message', (message: ChildMessage) => {
    // To say the same again is no progress.
    if (message.type === 'progress' && message.fraction <= highest) return;
    if (message.type === 'progress') highest = message.fraction;
    timer.refresh();
  });
  return {
    get happened() {
      return happened;
    },
    stop: () => clearTimeout(timer),
  };
}

function collectMessages(
  child: ChildProcess,
  onReport: (report: ChildReport) => void,
): { readonly end: ChildEnd | undefined } {
  const said: { end: ChildEnd | undefined } = { end: undefined };
  // Proven by serveChild: the only writer at the other end of this channel.
  child.on('message', (message: ChildMessage) => {
    if (message.type === 'result' || message.type === 'failure') said.end = message;
    else onReport(message);
  });
  return said;
}

const errorTextLength = 2_000;

function collectErrorText(child: ChildProcess, logger: Logger): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    logger.warn({ pid: child.pid, text }, 'a child process wrote to stderr');
    tail = (tail + text).slice(-errorTextLength);
  });
  return () => tail.trim();
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
