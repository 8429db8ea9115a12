import { Button } from '@mantine/core';
import { IconPlayerStop, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type Job, toFailure } from '../../protocol/index.ts';
import type { Connection } from '../../sdk/index.ts';
import { aura } from '../aura.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { LinkButton } from '../frame/link-button.tsx';
import { StatusBadge } from '../frame/status-badge.tsx';

interface JobHeaderProps {
  readonly job: Job;
  readonly connection: Connection;
  onRetried(): void;
}

export function JobHeader({ job, connection, onRetried }: JobHeaderProps) {
  const cancel = useMutation({ mutationFn: () => aura.job(job.id).cancel() });
  const retry = useMutation({ mutationFn: () => aura.job(job.id).retry(), onSuccess: onRetried });
  const failure = cancel.error ?? retry.error;
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
      <div className="job-actions">
        {isCancellable(job) && (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={18} aria-hidden="true" />}
            disabled={cancel.isPending || job.status === 'cancelling'}
            onClick={() => cancel.mutate()}
          >
            {job.status === 'cancelling' ? 'Cancelling …' : 'Cancel'}
          </Button>
        )}
        {job.status === 'failed' && job.error?.retryable === false && (
          <LinkButton to="/">Back to the script</LinkButton>
        )}
        {canBeRetried(job) && (
          <Button
            leftSection={<IconRefresh size={18} aria-hidden="true" />}
            loading={retry.isPending}
            onClick={() => retry.mutate()}
          >
            Try again
          </Button>
        )}
        {job.status === 'completed' && (
          <LinkButton to="/" variant="default">
            Make another
          </LinkButton>
        )}
      </div>
      {failure !== null && <FailureNote failure={toFailure(failure)} />}
    </header>
  );
}

function isCancellable({ status }: Job): boolean {
  return status === 'queued' || status === 'running' || status === 'cancelling';
}

/** Not where the same thing would fail in the same way. */
function canBeRetried({ status, error }: Job): boolean {
  return status === 'cancelled' || (status === 'failed' && error?.retryable !== false);
}

/** What is shown stays; it is only not fresh. */
function Reconnecting() {
  return (
    <span className="job-reconnecting" role="status">
      <IconPlugConnectedX size={16} aria-hidden="true" /> Reconnecting …
    </span>
  );
}
