import assert from 'node:assert/strict';
import { errorTable, type Problem, problemSchema } from '../../src/protocol/index.ts';

/** The problem a response carries, once everything that every problem must have was checked. */
export async function problemOf(response: Response): Promise<Problem> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  const problem = problemSchema.parse(await response.json());
  assert.equal(problem.status, response.status);
  assert.equal(problem.requestId, response.headers.get('x-request-id'));
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(problem.type, `https://aura.invalid/problems/${problem.code}`);
  const { status, title, action } = errorTable[problem.code];
  assert.deepEqual(
    { status, title, action },
    { status: problem.status, title: problem.title, action: problem.action },
  );
  assert.notEqual(problem.detail, '');
  return problem;
}
