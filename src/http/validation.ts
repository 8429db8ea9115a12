import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { AuraError, type ErrorCode, type Issue } from '../protocol/index.ts';

/**
 * Makes Zod the validator of every route. A body, query or parameter that does not match becomes an AuraError that
 * names each wrong field.
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, url, httpPart }) =>
  (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    if (httpPart === 'params') return { error: noSuchThing(url) };
    if (httpPart === 'body' && (data === undefined || data === null)) return { error: missingBody() };
    return { error: toAuraError(result.error.issues) };
  };

/** An id of the wrong form names nothing. */
function noSuchThing(url: string): AuraError {
  return url.startsWith('/api/assets')
    ? new AuraError('asset_not_found', 'The address does not hold an asset id such as asset:<sha256>.')
    : new AuraError('job_not_found', 'The address does not hold a job id: a job id is a UUID.');
}

function missingBody(): AuraError {
  return new AuraError('body_not_json', 'The request’s body is not a JSON object.');
}

/** What a failed parse says, in the table's words. */
export function toAuraError(zodIssues: readonly z.core.$ZodIssue[]): AuraError {
  const issues = zodIssues.flatMap(toIssues);
  const detail = issues
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new AuraError(codeFor(issues), shortened(detail), { issues: issues.slice(0, highestIssueCount) });
}

/** A body of garbage can have a million mistakes; nobody reads more than this many. */
const highestIssueCount = 50;
const longestDetail = 500;

function toIssues(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'there is no such field' }));
  }
  return [{ path: path.join('.'), message: issue.message }];
}

function codeFor(issues: readonly Issue[]): ErrorCode {
  if (issues.every(({ path }) => /^(composition\.video|output)\.(width|height)$/.test(path))) {
    return 'dimensions_invalid';
  }
  return issues.every(({ path }) => path.startsWith('composition.')) ? 'composition_invalid' : 'body_invalid';
}

function shortened(text: string): string {
  return text.length <= longestDetail ? text : `${text.slice(0, longestDetail - 1)}…`;
}
