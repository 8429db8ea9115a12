import type { Failure, Json, Warning } from '../protocol/index.ts';

/** What a child process is told. */
export type ChildOrder =
  | { readonly type: 'work'; readonly input: Json }
  /** There is nothing to do for now. */
  | {
      readonly type: 'rest';
      /** The kind of work that is likely to be the next. */
      readonly next: string | undefined;
    }
  | { readonly type: 'end' };

/** What a child process says while it works. */
export type ChildReport =
  | {
      readonly type: 'progress';
      readonly fraction: number;
      readonly activity: string;
      readonly unitsDone?: number | undefined;
    }
  | { readonly type: 'preview'; readonly jpeg: Uint8Array }
  | { readonly type: 'warning'; readonly warning: Warning };

/** The last thing a child process says about a piece of work. */
export type ChildEnd =
  | ({ readonly type: 'result'; readonly value: Json } & ChildMemory)
  | { readonly type: 'failure'; readonly failure: Failure };

/** It has let go of what it could. */
export type ChildRested = { readonly type: 'rested' } & ChildMemory;

interface ChildMemory {
  /** What the process does not share, in bytes; undefined where the system does not tell. */
  readonly ownBytes: number | undefined;
}

export type ChildMessage = ChildReport | ChildEnd | ChildRested;
