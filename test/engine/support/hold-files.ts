import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lets tasks in other processes run until `release`. */
export function hold(folder: string, taskName: string): void {
  writeFileSync(holdFile(folder, taskName), '');
}

export function release(folder: string, taskName: string): void {
  rmSync(holdFile(folder, taskName));
}

export function isHeld(folder: string, taskName: string): boolean {
  return existsSync(holdFile(folder, taskName));
}

/** The process of each run of a task, in order. */
export function runs(folder: string, taskName: string): number[] {
  const file = join(folder, taskName);
  if (!existsSync(file)) return [];
  // What follows the last line's end is still being written.
  return readFileSync(file, 'utf8').split('\n').slice(0, -1).map(Number);
}

function holdFile(folder: string, taskName: string): string {
  return join(folder, `hold-${taskName}`);
}
