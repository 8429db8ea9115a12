import type { Json } from '../protocol/index.ts';
import type { ChildReport } from './child-protocol.ts';
import type { TaskContext } from './contract.ts';
import { type ChildProgram, type ChildWork, openChild } from './open-child.ts';

export interface ChildOptions extends ChildProgram, ChildWork {}

/**
 * Does a piece of work in a process of its own, where a crash or a leak of native code ends nothing else. Settles only when
 * that process is gone. Throws what `Child.run` throws.
 */
export async function runChild(options: ChildOptions): Promise<Json> {
  options.signal.throwIfAborted();
  const child = openChild(options);
  try {
    return await child.run(options);
  } finally {
    await child.end();
  }
}

/** Passes what a child reports on to the watchers of its task. */
export function reportTo(context: TaskContext): (report: ChildReport) => void {
  return (report) => {
    if (report.type === 'progress') context.progress(report.fraction, report.activity, report.unitsDone);
    else if (report.type === 'preview') void context.preview(report.jpeg);
    else void context.warn(report.warning);
  };
}
