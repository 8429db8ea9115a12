import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type Job, toFailure } from '../../protocol/index.ts';
import { aura } from '../aura.ts';
import { FailureNote } from '../frame/failure-note.tsx';

interface DeleteDialogProps {
  readonly job: Job;
  readonly opened: boolean;
  onClose(): void;
  /** It is gone. */
  onDeleted(): void;
}

/** Asks before an export is removed for good. */
export function DeleteDialog({ job, opened, onClose, onDeleted }: DeleteDialogProps) {
  const remove = useMutation({ mutationFn: () => aura.job(job.id).delete(), onSuccess: onDeleted });
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete “${job.title}”?`} centered>
      <Text size="sm">
        The video, its subtitles and all that only this export needed are removed for good. Pictures and
        sounds you uploaded stay.
      </Text>
      {remove.error !== null && <FailureNote failure={toFailure(remove.error)} />}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          Delete for good
        </Button>
      </Group>
    </Modal>
  );
}
