import type { Job, Live, NewJobEvent } from '../../src/protocol/index.ts';
import { type JobEvent, pendingStages, reduceJob } from '../../src/protocol/index.ts';

export const sampleJobId = '0b9f7c2e-5d7a-4a43-9a83-0f3c2b1d4e5f';

/** Text with characters of two, three and four bytes, quotes and line breaks. */
export const sampleTitle = 'Zoë’s “launch”: \\ 漢字 👩‍🚀\nsecond line';

export const sampleArtifact = {
  name: 'video.mp4',
  url: `/api/jobs/${sampleJobId}/artifacts/video.mp4`,
  contentType: 'video/mp4',
  sizeBytes: 11,
  sha256: 'a'.repeat(64),
};

/** Events in order, numbered and dated. */
export function numbered(events: readonly NewJobEvent[]): JobEvent[] {
  return events.map((event, index) => ({
    ...event,
    seq: index + 1,
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
  }));
}

/** The beginning of every sample: created and started. */
export const firstEvents: readonly NewJobEvent[] = [
  { kind: 'created', jobId: sampleJobId, title: sampleTitle, stages: pendingStages() },
  { kind: 'started' },
];

/** A whole job, from created to completed. */
export const completedLog: readonly JobEvent[] = numbered([
  ...firstEvents,
  { kind: 'stage', stages: pendingStages(), stage: 'narrate', progress: 0.1, etaSeconds: 40 },
  { kind: 'log', message: 'Speaking “漢字”' },
  { kind: 'warning', code: 'picture_small', message: 'Größe: 👩‍🚀' },
  { kind: 'stage', stages: pendingStages(), stage: 'render', progress: 0.45, etaSeconds: 20 },
  { kind: 'artifact', artifact: sampleArtifact },
  { kind: 'stage', stages: pendingStages(), stage: 'finish', progress: 0.9, etaSeconds: 2 },
  { kind: 'completed', artifacts: [sampleArtifact] },
]);

export const live = (progress: number, activity: string): Live => ({
  progress,
  stage: 'render',
  etaSeconds: 12,
  preview: null,
  activity,
});

/** The state after a log. */
export function fold(events: readonly JobEvent[]): Job {
  const state = events.reduce<Job | undefined>(reduceJob, undefined);
  if (state === undefined) throw new Error('an empty log has no state');
  return state;
}
