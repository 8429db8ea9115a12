import type { TaskRow } from '../store/index.ts';
import { expectedFraction } from './progress.ts';
import type { Delivery } from './task-queue.ts';

/**
 * A task that runs in this process: what it said about itself, and what is expected of it until it says something. Its times
 * are in milliseconds by a clock that nobody sets.
 */
export interface RunState {
  readonly delivery: Delivery;
  readonly controller: AbortController;
  /** When the task last said that it had got further. */
  readonly saidAt: number | undefined;
  /** Of the task's units, how many were found stored. */
  readonly reusedUnits: number;
  /** The task has got further. */
  say(fraction: number, unitsDone: number | undefined, now: number): void;
  reuse(units: number): void;
  /** Share of its work that is done, 0 to 1; never goes back. */
  fractionAt(now: number): number;
  /** What is really done, stored units included: nothing is guessed, and it never goes back. */
  unitsDone(): number;
  workedSeconds(now: number): number;
}

export function createRunState(delivery: Delivery, task: TaskRow, startedAt: number): RunState {
  const units = task.units ?? 0;
  let shown = 0;
  let said: number | undefined;
  let saidAt: number | undefined;
  let saidUnits: number | undefined;
  let reusedUnits = 0;
  return {
    delivery,
    controller: new AbortController(),
    get saidAt() {
      return saidAt;
    },
    get reusedUnits() {
      return reusedUnits;
    },
    say(fraction, unitsDone, now) {
      if (said === undefined || fraction > said) saidAt = now;
      said = Math.min(1, Math.max(said ?? 0, fraction));
      if (unitsDone !== undefined) saidUnits = Math.max(saidUnits ?? 0, unitsDone);
    },
    reuse(count) {
      reusedUnits = Math.min(units, Math.max(reusedUnits, count));
    },
    fractionAt(now) {
      const sinceSeconds = (now - (saidAt ?? startedAt)) / 1_000;
      const left = 1 - (said ?? 0);
      const newShare = units > 0 ? 1 - reusedUnits / units : 1;
      const expected = expectedFraction(sinceSeconds, task.workSeconds * newShare * left);
      // Who has said something will do so again: less is believed of what comes in between.
      const believed = said === undefined ? expected : expected / 2;
      shown = Math.max(shown, 1 - left + left * believed);
      return shown;
    },
    unitsDone() {
      const left = units - reusedUnits;
      return reusedUnits + Math.min(left, Math.floor(saidUnits ?? (said ?? 0) * left));
    },
    workedSeconds: (now) => (now - startedAt) / 1_000,
  };
}
