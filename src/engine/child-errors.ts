import type { ChildProcess } from 'node:child_process';
import type { Logger } from './logger.ts';

/** Reads what a child writes to stderr, for the work under way: a child serves one job after another. */
export interface ErrorReader {
  begin(logger: Logger): void;
  /** The end of what was written since then. */
  text(): string;
}

export function readErrors(child: ChildProcess): ErrorReader {
  let logger: Logger | undefined;
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    logger?.warn({ pid: child.pid, text }, 'a child process wrote to stderr');
    tail = (tail + text).slice(-textLength);
  });
  return {
    begin(next) {
      logger = next;
      tail = '';
    },
    text: () => tail.trim(),
  };
}

/** Of which the end is kept, in characters. */
const textLength = 2_000;
