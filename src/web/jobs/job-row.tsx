import './job-row.css';
import { IconAlertTriangle, IconCircleX, IconMovie } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Job } from '../../protocol/index.ts';
import { StatusBadge } from '../frame/status-badge.tsx';
import { useLoadedImage } from '../job/use-loaded-image.ts';
import { percentOf } from '../words/job-in-words.ts';
import { agoInWords } from '../words/time-in-words.ts';

export function JobRow({ job }: { job: Job }) {
  return (
    <Link to="/jobs/$jobId" params={{ jobId: job.id }} className="job-row">
      <Thumbnail job={job} />
      <span className="job-row-text">
        <span className="job-row-title">{job.title}</span>
        <span className="job-row-time">{agoInWords(job.createdAt, Date.now())}</span>
      </span>
      <span className="job-row-state">
        {job.status === 'running' && <Bar job={job} />}
        <StatusBadge status={job.status} />
      </span>
    </Link>
  );
}

function Thumbnail({ job }: { job: Job }) {
  const poster = job.artifacts.find((artifact) => artifact.name.endsWith('poster.jpg'))?.url;
  const shown = useLoadedImage(poster ?? runningPreview(job));
  if (shown !== undefined) return <img className="job-row-picture" src={shown} alt="" />;
  const Icon =
    job.status === 'failed' ? IconAlertTriangle : job.status === 'cancelled' ? IconCircleX : IconMovie;
  return (
    <span className="job-row-picture">
      <Icon size={22} stroke={1.5} aria-hidden="true" />
    </span>
  );
}

function runningPreview({ status, preview }: Job): string | null {
  return status === 'running' ? preview : null;
}

function Bar({ job }: { job: Job }) {
  const percent = percentOf(job);
  return (
    <span className="job-row-progress">
      <span
        className="job-row-track"
        role="progressbar"
        aria-label={`Progress of ${job.title}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <span style={{ transform: `scaleX(${job.progress})` }} />
      </span>
      {percent} %
    </span>
  );
}
