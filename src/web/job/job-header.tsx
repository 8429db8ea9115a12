import type { Job } from '../../protocol/index.ts';
import type { Connection } from '../../sdk/index.ts';
import { Reconnecting } from '../frame/reconnecting.tsx';
import { StatusBadge } from '../frame/status-badge.tsx';
import { JobActions } from './job-actions.tsx';

interface JobHeaderProps {
  readonly job: Job;
  readonly connection: Connection;
  onRetried(): void;
}

export function JobHeader({ job, connection, onRetried }: JobHeaderProps) {
  return (
    <header className="job-header">
      <div className="job-heading">
        <h1 className="page-title">{job.title}</h1>
        <div className="job-status">
          <StatusBadge status={job.status} />
          {job.attempt > 1 && <span>Attempt {job.attempt}</span>}
          {connection !== 'live' && <Reconnecting />}
        </div>
      </div>
      <JobActions job={job} onRetried={onRetried} />
    </header>
  );
}
