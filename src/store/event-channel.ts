/**
 * The one channel on which changes of jobs are told: `<job id>:<number of its newest event>`, or `<job id>:live` when only
 * its live figures changed. A hint and nothing more: what happened is read from the tables.
 */
export const eventChannel = 'aura_events';

export interface EventHint {
  readonly jobId: string;
  /** Number of the newest event, or `live`. */
  readonly seq: number | 'live';
}

export function parseEventHint(payload: string): EventHint {
  const [jobId = '', position = ''] = payload.split(':');
  return { jobId, seq: position === 'live' ? 'live' : Number(position) };
}
