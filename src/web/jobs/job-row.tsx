import './job-row.css';
import { ActionIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconCircleX, IconMovie, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isTerminal, type Job } from '../../protocol/index.ts';
import { StatusBadge } from '../frame/status-badge.tsx';
import { useLoadedImage } from '../job/use-loaded-image.ts';
import { percentOf } from '../words/job-in-words.ts';
import { agoInWords } from '../words/time-in-words.ts';
import { DeleteDialog } from './delete-dialog.tsx';

export function JobRow({ job }: { job: Job }) {
  return (
    <div className="job-row-line">
      <RowLink job={job} />
      {isTerminal(job.status) && <RowDelete job={job} />}
    </div>
  );
}

function RowLink({ job }: { job: Job }) {
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

function RowDelete({ job }: { job: Job }) {
  const [opened, { open, close }] = useDisclosure(false);
  const queries = useQueryClient();
  return (
    <>
      <ActionIcon
        className="job-row-delete"
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Delete ${job.title}`}
        title="Delete"
        onClick={open}
      >
        <IconTrash size={18} stroke={1.5} aria-hidden="true" />
      </ActionIcon>
      <DeleteDialog
        job={job}
        opened={opened}
        onClose={close}
        onDeleted={() => void queries.invalidateQueries({ queryKey: ['jobs'] }).then(close)}
      />
    </>
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
