import { type ErrorCode, errorCodes, errorTable, type Fault } from '../src/protocol/index.ts';

/** The page docs/errors.md, made from the table of errors. */
export function errorDocs(): string {
  const header = ['code', 'HTTP', 'what happened', 'what to do', 'can a retry help?', 'whose fault'];
  return [
    '# Errors',
    '',
    'Made from `src/protocol/errors.ts` by `node scripts/make-error-docs.ts`; a test keeps the two alike.',
    '',
    'Every failure carries one of these codes: as `code` in the `application/problem+json` body of an HTTP error, in the',
    '`error` of a failed job, and in what the command line prints. `detail` says what happened to what, `action` what to do',
    'next; `issues` lists each wrong field of a request, and `place` the line, scene or task. `requestId` is the',
    '`X-Request-Id` of the request, which the server’s log lines carry too.',
    '',
    ...table(header, errorCodes.toSorted().map(cells)),
    '',
  ].join('\n');
}

function cells(code: ErrorCode): string[] {
  const { status, title, action, retryable, fault } = errorTable[code];
  return [`\`${code}\``, String(status), title, action, retryable ? 'yes' : 'no', faults[fault]];
}

/** A Markdown table, its columns as wide as the formatter wants them. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

const faults = { yours: 'the caller’s', ours: 'Aura’s', provider: 'another service’s' } satisfies Record<
  Fault,
  string
>;
