import './status-badge.css';
import type { JobStatus } from '../../protocol/index.ts';
import { statusWords } from '../words/job-in-words.ts';

export function StatusBadge({ status }: { status: JobStatus }) {
  return (
    <span className="status-badge" data-status={status}>
      {statusWords[status]}
    </span>
  );
}
