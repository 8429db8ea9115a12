import { type ErrorCode, errorTable } from './errors.ts';
import type { ErrorPlace, Failure, Issue } from './failure.ts';
import type { JobStatus } from './job.ts';

interface AuraErrorOptions {
  readonly place?: ErrorPlace;
  readonly issues?: readonly Issue[];
  /** When trying again is worth it, where that is known. */
  readonly retryAfterSeconds?: number;
  /** Of the job that refused, where its status is why. */
  readonly jobStatus?: JobStatus;
  readonly cause?: unknown;
}

/** The one error thrown on purpose. `detail` says what happened to what, in a sentence. */
export class AuraError extends Error {
  override readonly name = 'AuraError';
  readonly code: ErrorCode;
  readonly place: ErrorPlace | undefined;
  readonly issues: readonly Issue[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly jobStatus: JobStatus | undefined;

  constructor(code: ErrorCode, detail: string, options: AuraErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.place = options.place;
    this.issues = options.issues;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.jobStatus = options.jobStatus;
  }
}

/** Any thrown value as a failure; what was not thrown on purpose becomes `fallback`, its message kept. */
export function toFailure(error: unknown, fallback: ErrorCode = 'internal'): Failure {
  const code = error instanceof AuraError ? error.code : fallback;
  const { title, action, retryable, fault } = errorTable[code];
  const place = error instanceof AuraError ? error.place : undefined;
  const issues = error instanceof AuraError ? error.issues : undefined;
  return {
    code,
    title,
    detail: error instanceof Error ? error.message : String(error),
    action,
    retryable,
    fault,
    ...(place !== undefined && { place }),
    ...(issues !== undefined && { issues: [...issues] }),
  };
}

/** A failure as an error again, e.g. when a child process or the API reported it. */
export function fromFailure(
  failure: Failure,
  more: Pick<AuraErrorOptions, 'retryAfterSeconds' | 'jobStatus'> = {},
): AuraError {
  return new AuraError(failure.code, failure.detail, {
    ...more,
    ...(failure.place !== undefined && { place: failure.place }),
    ...(failure.issues !== undefined && { issues: failure.issues }),
  });
}
