import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Failure } from '../../protocol/index.ts';

/** A failure in short: what happened, to what, and what to do. */
export function FailureNote({ failure }: { failure: Failure }) {
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} aria-hidden="true" />}
      title={failure.title}
      role="alert"
    >
      {failure.detail} {failure.action}
    </Alert>
  );
}
