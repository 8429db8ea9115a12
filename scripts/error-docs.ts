import { type ErrorCode, errorCodes, errorTable, type Fault } from '../src/protocol/index.ts';

/** The page docs/errors.md, made from the table of errors. */
export function errorDocs(): string {
  const rows = errorCodes.toSorted().map(tableRow);
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
    '| code | HTTP | what happened | what to do | can a retry help? | whose fault |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function tableRow(code: ErrorCode): string {
  const { status, title, action, retryable, fault } = errorTable[code];
  return `| \`${code}\` | ${status} | ${title} | ${action} | ${retryable ? 'yes' : 'no'} | ${faults[fault]} |`;
}

const faults = { yours: 'the caller’s', ours: 'Aura’s', provider: 'another service’s' } satisfies Record<
  Fault,
  string
>;
