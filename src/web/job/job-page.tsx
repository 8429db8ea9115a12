import './job-page.css';
import { Loader } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconMovieOff } from '@tabler/icons-react';
import type { Job } from '../../protocol/index.ts';
import { LinkButton } from '../frame/link-button.tsx';
import { Notice } from '../frame/notice.tsx';
import { percentOf } from '../words/job-in-words.ts';
import { DownloadList } from './download-list.tsx';
import { FramePreview } from './frame-preview.tsx';
import { JobEnding } from './job-ending.tsx';
import { JobHeader } from './job-header.tsx';
import { JobPlayer } from './job-player.tsx';
import { JobProgress } from './job-progress.tsx';
import { StageList } from './stage-list.tsx';
import { type JobView, useJob } from './use-job.ts';
import { WarningList } from './warning-list.tsx';

export function JobPage({ jobId }: { jobId: string }) {
  const { view, follow } = useJob(jobId);
  // It may have been started again from elsewhere.
  useWindowEvent('focus', () => hasEndedBadly(view) && follow());
  if (view.kind === 'loading') return <Waiting connection={view.connection} />;
  if (view.kind === 'refused') return <Refused view={view} />;
  return (
    <article className="job-page">
      <title>{`${documentTitle(view.job)} · Aura`}</title>
      <JobHeader job={view.job} connection={view.connection} onRetried={follow} />
      <JobBody view={view} />
    </article>
  );
}

function JobBody({ view: { job, progressedAtMs } }: { view: Extract<JobView, { kind: 'shown' }> }) {
  const isReady = job.status === 'completed';
  return (
    <div className="job-columns">
      <section className="card job-stage" aria-label="Video">
        {job.status === 'failed' || job.status === 'cancelled' ? (
          <JobEnding job={job} />
        ) : (
          <>
            {isReady ? <JobPlayer job={job} /> : <FramePreview url={job.preview} />}
            <JobProgress job={job} progressedAtMs={progressedAtMs} />
          </>
        )}
      </section>
      <div className="job-side">
        {isReady && <DownloadList job={job} />}
        {isReady && <WarningList warnings={job.warnings} />}
        <StageList job={job} />
        {/* Below the stages while they move, so that nothing jumps when one comes. */}
        {!isReady && <WarningList warnings={job.warnings} />}
      </div>
    </div>
  );
}

function Waiting({ connection }: { connection: string }) {
  const text =
    connection === 'offline' ? 'The server cannot be reached. Trying again …' : 'Looking for the export …';
  return (
    <div className="job-waiting" role="status">
      <title>Export · Aura</title>
      <Loader size="sm" /> {text}
    </div>
  );
}

function Refused({ view: { failure } }: { view: Extract<JobView, { kind: 'refused' }> }) {
  const isUnknown = failure.code === 'job_not_found' || failure.code === 'body_invalid';
  return (
    <Notice
      icon={<IconMovieOff size={32} stroke={1.5} aria-hidden="true" />}
      title={isUnknown ? 'There is no such export' : failure.title}
      text={
        isUnknown
          ? 'The link may be incomplete, or the export belongs to another server.'
          : `${failure.detail} ${failure.action}`
      }
    >
      <title>No such export · Aura</title>
      <LinkButton to="/jobs" variant="default">
        All exports
      </LinkButton>
      <LinkButton to="/">New video</LinkButton>
    </Notice>
  );
}

function hasEndedBadly(view: JobView): boolean {
  return view.kind === 'shown' && (view.job.status === 'failed' || view.job.status === 'cancelled');
}

function documentTitle(job: Job): string {
  return job.status === 'running' ? `${percentOf(job)} % · ${job.title}` : job.title;
}
