import './reconnecting.css';
import { IconPlugConnectedX } from '@tabler/icons-react';

/** What is shown stays; it is only not fresh. */
export function Reconnecting() {
  return (
    <span className="reconnecting" role="status">
      <IconPlugConnectedX size={16} aria-hidden="true" /> Reconnecting …
    </span>
  );
}
