import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { isTerminal, type Job, toFailure } from '../../protocol/index.ts';
import { aura } from '../aura.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { LinkButton } from '../frame/link-button.tsx';
import { DeleteDialog } from '../jobs/delete-dialog.tsx';

interface JobActionsProps {
  readonly job: Job;
  onRetried(): void;
}

/** What can be done to the export in the state it is in. */
export function JobActions({ job, onRetried }: JobActionsProps) {
  const handle = aura.job(job.id);
  const cancel = useMutation({ mutationFn: () => handle.cancel() });
  const retry = useMutation({ mutationFn: () => handle.retry(), onSuccess: onRetried });
  const pause = useMutation({ mutationFn: () => handle.pause() });
  const resume = useMutation({ mutationFn: () => handle.resume() });
  const failure = cancel.error ?? retry.error ?? pause.error ?? resume.error;
  return (
    <>
      <div className="job-actions">
        {isTerminal(job.status) ? (
          <EndedActions job={job} retry={retry} />
        ) : (
          <OpenActions job={job} cancel={cancel} pause={pause} resume={resume} />
        )}
      </div>
      {failure !== null && <FailureNote failure={toFailure(failure)} />}
    </>
  );
}

type Command = UseMutationResult<Job, Error, void>;

interface OpenActionsProps {
  readonly job: Job;
  readonly cancel: Command;
  readonly pause: Command;
  readonly resume: Command;
}

function OpenActions({ job: { status, isPausing }, cancel, pause, resume }: OpenActionsProps) {
  const isHeld = status === 'paused' || isPausing;
  return (
    <>
      {status !== 'cancelling' && !isHeld && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={18} aria-hidden="true" />}
          title="Pause after what is being drawn now"
          loading={pause.isPending}
          onClick={() => pause.mutate()}
        >
          Pause after this part
        </Button>
      )}
      {isHeld && (
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden="true" />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          Resume
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={18} aria-hidden="true" />}
        disabled={cancel.isPending || status === 'cancelling'}
        onClick={() => cancel.mutate()}
      >
        {status === 'cancelling' ? 'Cancelling …' : 'Cancel'}
      </Button>
    </>
  );
}

function EndedActions({ job, retry }: { readonly job: Job; readonly retry: Command }) {
  return (
    <>
      <DeleteButton job={job} />
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
    </>
  );
}

function DeleteButton({ job }: { readonly job: Job }) {
  const [opened, { open, close }] = useDisclosure(false);
  const navigate = useNavigate();
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={18} aria-hidden="true" />} onClick={open}>
        Delete
      </Button>
      <DeleteDialog
        job={job}
        opened={opened}
        onClose={close}
        onDeleted={() => void navigate({ to: '/jobs' })}
      />
    </>
  );
}

/** Not where the same thing would fail in the same way. */
function canBeRetried({ status, error }: Job): boolean {
  return status === 'cancelled' || (status === 'failed' && error?.retryable !== false);
}
