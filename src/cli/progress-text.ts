import type { Job, StageName } from '../protocol/index.ts';
import { durationText, percentText } from './quantities.ts';

/** What the stages are called on the command line. */
export const stageLabels: Readonly<Record<StageName, string>> = {
  narrate: 'Speaking',
  fetch: 'Fetching',
  plan: 'Planning',
  render: 'Drawing',
  mix: 'Mixing',
  finish: 'Finishing',
};

/** The stage, or what a job without one is doing. */
export function stageText(job: Job): string {
  if (job.status === 'running') return job.stage === null ? 'Working' : stageLabels[job.stage];
  return {
    queued: 'Waiting',
    cancelling: 'Cancelling',
    completed: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  }[job.status];
}

interface BarInput {
  readonly job: Job;
  /** Width of the terminal, in columns. */
  readonly columns: number;
  /** Time since anything about the job last changed. */
  readonly quietSeconds: number;
}

/**
 * One line that fits the terminal: the bar, the percentage, the stage, the time left, and what is being done. The
 * narrower the terminal, the fewer of them; the percentage stays. Pure.
 */
export function progressBarLine({ job, columns, quietSeconds }: BarInput): string {
  const width = columns - 1;
  const facts = [percentText(job.progress).padStart(5), stageText(job), etaText(job, quietSeconds)];
  const details = [quietText(quietSeconds), job.activity ?? ''];
  const spoken = [...facts, ...details].filter((text) => text !== '');
  for (let count = spoken.length; count > 0; count -= 1) {
    const text = spoken.slice(0, count).join('  ');
    const room = width - columnsOf(text) - 1;
    if (room >= shortestBar) return `${bar(job.progress, Math.min(room, longestBar))} ${text}`;
    if (count === 1 && room + 1 >= 0) return text;
  }
  return '';
}

/** A line for a log: percentage, stage, what is being done, time left. Pure. */
export function progressLogLine(job: Job): string {
  return [percentText(job.progress).padStart(5), stageText(job), job.activity ?? '', etaText(job, 0)]
    .filter((text) => text !== '')
    .join('  ');
}

const shortestBar = 10;
const longestBar = 30;
/** Silence that is worth telling about, in seconds. */
const quietAfterSeconds = 15;

function bar(progress: number, columns: number): string {
  const full = Math.floor(progress * columns);
  return '█'.repeat(full) + '░'.repeat(columns - full);
}

/** The last estimate, counted down while nothing new comes. */
function etaText({ status, etaSeconds }: Job, quietSeconds: number): string {
  if (etaSeconds === null || (status !== 'running' && status !== 'queued')) return '';
  return `${durationText(etaSeconds - quietSeconds)} left`;
}

function quietText(quietSeconds: number): string {
  return quietSeconds < quietAfterSeconds ? '' : `nothing new for ${durationText(quietSeconds)}`;
}

/** At most so many: a character outside ASCII may take two columns. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u007e' ? 2 : 1), 0);
}
