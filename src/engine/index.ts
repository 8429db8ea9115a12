/** What those need who define work and do it. Who runs the engine itself imports engine.ts, and with it the database. */
export { type ChildPool, createChildPool, type PooledWork } from './child-pool.ts';
export type { ChildReport } from './child-protocol.ts';
export type * from './contract.ts';
export { type Logger, withDetails } from './logger.ts';
export { clockSecondsOf } from './phases.ts';
export { type ChildOptions, reportTo, runChild } from './run-child.ts';
export { type ChildContext, type ChildWork, serveChild } from './serve-child.ts';
export { trimHeap } from './trim-heap.ts';
