import { type ErrorCode, type Failure, toFailure } from '../protocol/index.ts';

/**
 * An error for a person: what happened, where, what to do. Pure.
 *
 * @param options.file the script or composition that lines, columns and fields refer to.
 * @param options.withStack adds where it was thrown, for whoever debugs Aura.
 */
export function errorMessage(error: unknown, options: { file?: string; withStack?: boolean } = {}): string {
  const failure = toFailure(error);
  const where = placeText(failure, options.file);
  const lines = [
    `aura: ${failure.title}: ${detailText(failure)}`,
    ...issueLines(failure),
    ...(where !== '' ? [`  where: ${where}`] : []),
    `  to do: ${commandLineActions[failure.code] ?? failure.action}`,
    ...(options.withStack && error instanceof Error ? ['', stackText(error)] : []),
  ];
  return lines.join('\n');
}

/** What to do, where the table's answer is for users of the HTTP API. */
const commandLineActions: Partial<Record<ErrorCode, string>> = {
  picture_missing: 'Put the file there, or correct its name in the script.',
  audio_missing: 'Put the file there, or correct its name in the script.',
  composition_invalid: 'Correct the fields listed above.',
  body_invalid: 'Correct the fields listed above.',
  config_invalid: 'Correct the environment variables named above.',
  data_in_use: 'Use the running Aura with --server URL, stop it, or choose another folder with AURA_DATA.',
  job_not_found: 'Check the id and --server; “aura jobs” lists all exports.',
  internal: 'Try again; if it happens again, report it with the output of AURA_LOG_LEVEL=debug.',
};

/** The place is printed on a line of its own. */
function detailText({ detail, place }: Failure): string {
  return place?.line === undefined ? detail : detail.replace(/^line \d+(, column \d+)?: /, '');
}

function issueLines({ issues = [], code }: Failure): string[] {
  return code === 'config_invalid'
    ? []
    : issues.map(({ path, message }) => `  - ${path || 'the whole'}: ${message}`);
}

function placeText({ place = {} }: Failure, file: string | undefined): string {
  const { line, column, scene, stage, task, field } = place;
  const position =
    line === undefined ? '' : `line ${line}${column === undefined ? '' : `, column ${column}`}`;
  const isInFile = line !== undefined || scene !== undefined || field !== undefined;
  return [
    isInFile ? (file ?? '') : '',
    position,
    scene === undefined ? '' : `scene ${scene}`,
    field === undefined ? '' : `field ${field}`,
    stage === undefined ? '' : `stage ${stage}`,
    task === undefined ? '' : `task ${task}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function stackText(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by: ${stackText(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
