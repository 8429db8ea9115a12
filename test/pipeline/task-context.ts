import type { Json, TaskContext } from '../../src/engine/contract.ts';
import type { StageName } from '../../src/protocol/index.ts';

/** What the engine gives to a task with this input, of a job in which nobody listens. */
export function contextOf(stage: StageName, input: Json, name: string = stage): TaskContext {
  return {
    jobId: 'job',
    task: {
      ...{ name, stage, label: '', workSeconds: 1, input, output: null },
      ...{ state: 'running', fraction: 0, cached: false },
    },
    attempt: 1,
    signal: new AbortController().signal,
    progress: () => {},
    reuse: () => {},
    preview: async () => {},
    warn: async () => {},
    use: async () => {},
  };
}
