import type { Failure, Json, Warning } from '../protocol/index.ts';

/** What a child process is told. */
export type ChildOrder =
  | { readonly type: 'work'; readonly input: Json }
  /** There is nothing to do for now. */
  | { readonly type: 'rest' }
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

/** The last thing a child process says. */
export type ChildEnd =
  | {
      readonly type: 'result';
      readonly value: Json;
      /** Memory that the process does not share, in bytes; undefined where the system does not tell. */
      readonly ownBytes: number | undefined;
    }
  | { readonly type: 'failure'; readonly failure: Failure };

export type ChildMessage = ChildReport | ChildEnd;
