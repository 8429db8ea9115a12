import type { Job } from '../protocol/index.ts';
import { stageText } from './progress-text.ts';
import { percentText } from './quantities.ts';

/** How an export is, in one sentence: "“Tea” is being cancelled." Pure. */
export function jobSentence(job: Job): string {
  const again = job.attempt === 1 ? '' : `, attempt ${job.attempt}`;
  if (job.isPausing) return `“${titleOf(job)}” pauses when what is being done now is done.`;
  const state = {
    queued: `is waiting for its turn${again}`,
    running: `is going on (${percentText(job.progress)}${again})`,
    paused: 'is paused',
    cancelling: 'is being cancelled',
    completed: 'is done',
    failed: 'has failed',
    cancelled: 'is cancelled',
  }[job.status];
  return `“${titleOf(job)}” ${state}.`;
}

/** A line for each export: its id, what it is doing, when it was ordered (in the machine's time), its title. Pure. */
export function jobLines(jobs: readonly Job[]): string[] {
  const states = jobs.map(stateText);
  const width = Math.max(0, ...states.map(({ length }) => length));
  return jobs.map((job, index) => {
    const state = (states[index] ?? '').padEnd(width);
    return `${job.id}  ${state}  ${minute.format(new Date(job.createdAt))}  ${titleOf(job)}`;
  });
}

function stateText(job: Job): string {
  const isUnderWay = job.status === 'running' || job.status === 'paused';
  return isUnderWay ? `${stageText(job)} ${percentText(job.progress)}` : stageText(job);
}

/** "2026-11-23 22:27", which also sorts. */
const minute = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });

/** A title may hold what a terminal takes for a command or for the end of the line. */
function titleOf({ title }: Job): string {
  return title.replace(/\p{Cc}+/gu, ' ');
}
