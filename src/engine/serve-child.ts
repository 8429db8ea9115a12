import { readFileSync } from 'node:fs';
import { type Json, toFailure, type Warning } from '../protocol/index.ts';
import type { ChildEnd, ChildOrder, ChildReport, ChildRested } from './child-protocol.ts';

/** What the work in a child process is given besides its input. */
export interface ChildContext {
  /** Aborts when nobody wants the result any more; the process ends right after. */
  readonly signal: AbortSignal;
  /** Also the sign of life: silence for longer than the parent's `stallSeconds` ends the process. */
  progress(fraction: number, activity: string, unitsDone?: number): void;
  /** A small JPEG. */
  preview(jpeg: Uint8Array): void;
  warn(warning: Warning): void;
}

/** A piece of work: what it throws, the parent's `run` throws. */
export type ChildWork = (input: Json, context: ChildContext) => Promise<Json>;

/**
 * The child's side of `runChild` and of a pool: does one piece of work after another, until the parent ends it. The process
 * also ends, at once, when its parent is gone, however that died: then nobody wants the result and a successor may be doing the
 * same work.
 *
 * @param options.rest called when there has been no work for a while, with the kind that is likely to come next, if that is to be
 * made ready for; resolves when what can be let go of is gone.
 */
export function serveChild(
  work: ChildWork,
  { rest = nothing }: { readonly rest?: (next: string | undefined) => Promise<void> } = {},
): void {
  const orphaned = new AbortController();
  process.once('disconnect', () => {
    orphaned.abort();
    process.exit(1);
  });
  process.on('message', (order: ChildOrder) => {
    if (order.type === 'end') process.exit(0);
    if (order.type === 'rest') {
      // What goes wrong here ends the process.
      void rest(order.next).then(() => say({ type: 'rested', ownBytes: ownBytes() }));
      return;
    }
    work(order.input, { ...reports, signal: orphaned.signal }).then(
      (value) => end({ type: 'result', value, ownBytes: ownBytes() }),
      (error: unknown) => {
        // The failure carries the message; where it came from belongs in the parent's log.
        console.error(error);
        end({ type: 'failure', failure: toFailure(error) });
      },
    );
  });
}

async function nothing(): Promise<void> {}

/** As Linux has it: what is in memory and is not of a file. */
function ownBytes(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

const reports: Omit<ChildContext, 'signal'> = {
  progress: reportProgress,
  preview: (jpeg) => say({ type: 'preview', jpeg }),
  warn: (warning) => say({ type: 'warning', warning }),
};

/** When progress was told last, on this process's clock, what it said, and what came since and waits for its turn. */
let told = { atMilliseconds: Number.NEGATIVE_INFINITY, activity: '' };
let waiting: { readonly message: ProgressReport; readonly timer: NodeJS.Timeout } | undefined;
type ProgressReport = Extract<ChildReport, { type: 'progress' }>;

/** Who copies packets gets on thousands of times a second: of what says the same in other numbers, the newest is told now and then. */
function reportProgress(fraction: number, activity: string, unitsDone?: number): void {
  const message = {
    type: 'progress',
    fraction,
    activity,
    ...(unitsDone !== undefined && { unitsDone }),
  } as const;
  const since = performance.now() - told.atMilliseconds;
  if (activity === told.activity && fraction < 1 && since < leastMilliseconds) {
    const timer = waiting?.timer ?? setTimeout(tellWaiting, leastMilliseconds - since);
    waiting = { message, timer };
    return;
  }
  forgetWaiting();
  tellProgress(message);
}

function tellWaiting(): void {
  if (waiting !== undefined) tellProgress(waiting.message);
  waiting = undefined;
}

function tellProgress(message: ProgressReport): void {
  told = { atMilliseconds: performance.now(), activity: message.activity };
  say(message);
}

function forgetWaiting(): void {
  clearTimeout(waiting?.timer);
  waiting = undefined;
}

/** A bar is drawn ten times a second. */
const leastMilliseconds = 50;

function say(message: ChildReport | ChildEnd | ChildRested): void {
  process.send?.(message);
}

function end(message: ChildEnd): void {
  forgetWaiting();
  say(message);
}
