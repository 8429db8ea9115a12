import type { Job, JobStatus, StageName } from '../../protocol/index.ts';

/** Whole percent, rounded down: 100 says that the file is there. */
export function percentOf({ progress }: Pick<Job, 'progress'>): number {
  return Math.floor(progress * 100);
}

export const statusWords = {
  queued: 'Waiting',
  running: 'In progress',
  paused: 'Paused',
  cancelling: 'Cancelling …',
  completed: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const satisfies Record<JobStatus, string>;

export const stageWords = {
  narrate: 'Speak the narration',
  fetch: 'Gather the pictures',
  plan: 'Plan every frame',
  render: 'Draw the frames',
  mix: 'Mix the sound',
  finish: 'Put the file together',
} as const satisfies Record<StageName, string>;
