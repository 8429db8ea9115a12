import { type Warning, warningText } from '../../protocol/index.ts';
import { Note } from '../frame/note.tsx';

/** What was done differently from what the script asked for. */
export function WarningList({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <Note
      kind="warning"
      title={warnings.length === 1 ? 'One thing to know' : `${warnings.length} things to know`}
    >
      <ul>
        {warnings.map(warningText).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Note>
  );
}
