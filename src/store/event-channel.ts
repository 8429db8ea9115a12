/**
 * The one channel on which changes of jobs are told: `<job id>:<number of its newest event>`, `<job id>:live` when only its
 * live figures changed, `<job id>:deleted` (by a trigger). A hint and nothing more: what happened is read from the tables.
 */
export const eventChannel = 'aura_events';

export interface EventHint {
  readonly jobId: string;
  readonly isDeleted: boolean;
}

export function parseEventHint(payload: string): EventHint {
  const [jobId = '', position = ''] = payload.split(':');
  return { jobId, isDeleted: position === 'deleted' };
}
