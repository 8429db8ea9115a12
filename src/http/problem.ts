import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuraError, errorTable, limits, type Problem, toFailure } from '../protocol/index.ts';

/** Answers a request with any thrown value as RFC 9457 problem details, and logs it. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toAuraError(error);
  const problem = toProblem(known, { instance: pathOf(request.url), requestId: request.id });
  const entry = { code: problem.code, detail: problem.detail };
  if (problem.status >= 500) request.log.error({ ...entry, err: error }, 'request failed');
  else request.log.info(entry, 'request refused');
  discardRest(request, reply);
  reply.headers({
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(known.retryAfterSeconds !== undefined && { 'retry-after': known.retryAfterSeconds }),
  });
  return reply.code(problem.status).type(problemType).send(JSON.stringify(problem));
}

export const problemType = 'application/problem+json';

export function toProblem(error: AuraError, at: { instance: string; requestId: string }): Problem {
  return {
    type: `https://aura.invalid/problems/${error.code}`,
    status: errorTable[error.code].status,
    ...toFailure(error),
    ...(error.jobStatus !== undefined && { jobStatus: error.jobStatus }),
    ...at,
  };
}

/** Any thrown value as a row of the table. What was not thrown on purpose keeps its words in the log. */
export function toAuraError(error: unknown): AuraError {
  if (error instanceof AuraError) return error;
  const known = typeof error === 'object' && error !== null ? fromCode(error) : undefined;
  return (
    known ??
    new AuraError('internal', 'The server’s log has the cause, under the request id.', { cause: error })
  );
}

/** Errors of Fastify, its multipart plugin and the file system. */
function fromCode(error: object): AuraError | undefined {
  const code = 'code' in error ? error.code : undefined;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const as = (row: AuraError['code'], detail = message) => new AuraError(row, detail, { cause: error });
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return as('body_too_large', `A request other than an upload may have ${limits.bodyBytes} bytes.`);
    case 'FST_FILES_LIMIT':
    case 'FST_FIELDS_LIMIT':
    case 'FST_PARTS_LIMIT':
      return as('body_too_large', `An upload may have ${limits.assetsPerUpload} files and no other fields.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return as('content_type_unsupported');
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return as('route_not_found', 'The address is not well-formed.');
    case 'ENOSPC':
      return as('disk_full', 'The data directory has no space left.');
    default:
      return typeof status === 'number' && status >= 400 && status < 500
        ? as('request_malformed')
        : undefined;
  }
}

/**
 * Lets the client finish sending what nobody will read. Closing at once would reset the connection, and the client
 * would see that instead of the answer.
 */
function discardRest(request: FastifyRequest, reply: FastifyReply): void {
  if (request.raw.complete) return;
  reply.removeHeader('connection');
  request.raw.unpipe();
  request.raw.resume();
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
