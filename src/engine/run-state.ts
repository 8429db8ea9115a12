import type { TaskRow } from '../store/index.ts';
import { expectedFraction } from './progress.ts';
import type { Delivery } from './task-queue.ts';

/** A task that runs in this process: what it said about itself, and what is expected of it until it says something. */
export interface RunState {
  readonly delivery: Delivery;
  readonly controller: AbortController;
  /** What the task said last, never going back; undefined when it has said nothing yet. */
  said: number | undefined;
  /** Share of its work that is done, 0 to 1; never goes back either. */
  fractionAt(nowMilliseconds: number): number;
}

export function createRunState(delivery: Delivery, task: TaskRow, startedMilliseconds: number): RunState {
  let shown = 0;
  return {
    delivery,
    controller: new AbortController(),
    said: undefined,
    fractionAt(nowMilliseconds) {
      const elapsedSeconds = (nowMilliseconds - startedMilliseconds) / 1_000;
      shown = Math.max(shown, this.said ?? expectedFraction(elapsedSeconds, task.workSeconds));
      return shown;
    },
  };
}
