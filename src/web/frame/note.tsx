import './note.css';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface NoteProps {
  /** A failure is read out at once. */
  readonly kind: 'failure' | 'warning';
  readonly title: string;
  readonly children: ReactNode;
}

/** A short message beside the content. */
export function Note({ kind, title, children }: NoteProps) {
  const Icon = kind === 'failure' ? IconAlertTriangle : IconInfoCircle;
  return (
    <div className="note" data-kind={kind} role={kind === 'failure' ? 'alert' : 'note'}>
      <Icon size={20} stroke={1.75} aria-hidden="true" />
      <div>
        <strong>{title}</strong>
        <div className="note-text">{children}</div>
      </div>
    </div>
  );
}
