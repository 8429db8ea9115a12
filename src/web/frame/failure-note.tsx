import type { Failure } from '../../protocol/index.ts';
import { Note } from './note.tsx';

/** A failure in short: what happened, to what, and what to do. */
export function FailureNote({ failure }: { failure: Failure }) {
  return (
    <Note kind="failure" title={failure.title}>
      {failure.detail} {failure.action}
    </Note>
  );
}
