import './job-progress.css';
import { VisuallyHidden } from '@mantine/core';
import type { Job } from '../../protocol/index.ts';
import { percentOf } from '../words/job-in-words.ts';
import { lengthInWords, rangeInWords } from '../words/time-in-words.ts';
import { useNow } from './use-now.ts';

interface JobProgressProps {
  readonly job: Job;
  /** Milliseconds since 1970. */
  readonly progressedAtMs: number;
}

export function JobProgress({ job, progressedAtMs }: JobProgressProps) {
  const percent = percentOf(job);
  return (
    <div className="job-progress" data-status={job.status}>
      <div className="job-progress-figures">
        <span className="job-progress-percent">
          {percent}
          <small> %</small>
        </span>
        <span className="job-progress-eta">
          {timing(job)}
          {job.rate !== null && <small>{rateInWords(job.rate)}</small>}
        </span>
      </div>
      <div
        className="job-progress-track"
        role="progressbar"
        aria-label="Export progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div className="job-progress-bar" style={{ transform: `scaleX(${job.progress})` }} />
      </div>
      {job.status !== 'completed' && (
        <p className="job-progress-activity">
          <span>{activity(job)}</span>
          {job.status === 'running' && job.queue === null && <Silence sinceMs={progressedAtMs} />}
        </p>
      )}
      <VisuallyHidden role="status">{announcement(job)}</VisuallyHidden>
    </div>
  );
}

function timing({ status, etaRange, startedAt, finishedAt }: Job): string {
  if (status === 'completed' && startedAt !== null && finishedAt !== null) {
    return `made in ${lengthInWords((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}`;
  }
  if (etaRange !== null) return rangeInWords(etaRange);
  return status === 'running' ? 'estimating …' : '';
}

function rateInWords({ framesPerSecond, timesRealTime }: NonNullable<Job['rate']>): string {
  const frames = framesPerSecond < 10 ? framesPerSecond.toFixed(1) : Math.round(framesPerSecond);
  return `${frames} frames a second · ${timesRealTime.toFixed(1)}× real time`;
}

function activity({ status, activity, isPausing }: Job): string {
  if (status === 'queued') return activity ?? 'Waiting for its turn';
  if (status === 'paused') return 'Paused. What is done is kept';
  if (status === 'cancelling') return 'Stopping the work in progress';
  if (isPausing) return 'Pausing when what is being drawn now is done';
  return activity ?? 'Getting ready';
}

/** Read out every ten percent, not at every step. */
function announcement(job: Job): string {
  if (job.status === 'completed') return 'The video is ready';
  if (job.status !== 'running') return activity(job);
  return `${Math.floor(percentOf(job) / 10) * 10} percent`;
}

/** Work that stands still says for how long. */
function Silence({ sinceMs }: { sinceMs: number }) {
  const nowMs = useNow();
  const seconds = (nowMs - sinceMs) / 1000;
  if (seconds < noteworthySilenceSeconds) return null;
  return <span className="job-progress-silence">last progress {lengthInWords(seconds)} ago</span>;
}

const noteworthySilenceSeconds = 5;
