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
    paused: 'Paused',
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
  /** Time since this state of the job came. */
  readonly ageSeconds: number;
  /** Time since the job last got further. */
  readonly quietSeconds: number;
}

/**
 * One line that fits the terminal: a bar, the percentage, the time left and what is being done. The narrower the terminal,
 * the less of it; the percentage stays. Pure.
 */
export function progressBarLine({ job, columns, ageSeconds, quietSeconds }: BarInput): string {
  const width = columns - 1;
  const percent = percentText(job.progress).padStart(5);
  const eta = etaText(job, ageSeconds);
  const quiet = quietText(job, quietSeconds);
  const doing = job.activity ?? stageText(job);
  const texts = [
    [percent, eta, doing, rateText(job), quiet],
    [percent, eta, doing, quiet],
    [percent, eta, doing],
    [percent, eta, stageText(job)],
    [percent, eta],
  ];
  for (const text of texts.map(joined)) {
    const room = width - columnsOf(text) - 1;
    if (room >= shortestBar) return `${bar(job.progress, Math.min(room, longestBar))} ${text}`;
  }
  return [joined([percent, eta]), percent].find((text) => columnsOf(text) <= width) ?? '';
}

/** A line for a log: percentage, the stage or what is being done in it, time left. Pure. */
export function progressLogLine(job: Job, { isNewStage }: { readonly isNewStage: boolean }): string {
  const doing = isNewStage ? stageText(job) : (job.activity ?? stageText(job));
  // How far an export had come says nothing once it has come to nothing.
  const isInVain = job.status === 'failed' || job.status === 'cancelled';
  return joined([isInVain ? '' : percentText(job.progress).padStart(5), doing, etaText(job, 0)]);
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('  ');
}

const shortestBar = 10;
const longestBar = 30;
/** Silence that is worth telling about, in seconds. */
const quietAfterSeconds = 5;

function bar(progress: number, columns: number): string {
  const full = Math.floor(progress * columns);
  return '█'.repeat(full) + '░'.repeat(columns - full);
}

/** The last estimate, counted down while nothing new comes. */
function etaText({ status, etaSeconds, etaRange }: Job, ageSeconds: number): string {
  if (etaSeconds === null || (status !== 'running' && status !== 'queued')) return '';
  const { lowSeconds = etaSeconds, highSeconds = etaSeconds } = etaRange ?? {};
  const [low, high] = [durationText(lowSeconds - ageSeconds), durationText(highSeconds - ageSeconds)];
  return low === high ? `${high} left` : `${low}-${high} left`;
}

function rateText({ rate }: Job): string {
  return rate === null ? '' : `${rate.timesRealTime.toFixed(1)}x`;
}

function quietText({ status, queue }: Job, quietSeconds: number): string {
  const isWorking = status === 'running' && queue === null;
  return isWorking && quietSeconds >= quietAfterSeconds
    ? `no progress for ${durationText(quietSeconds)}`
    : '';
}

/** At most so many: a character outside ASCII may take two columns. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u007e' ? 2 : 1), 0);
}
