import assert from 'node:assert/strict';
import { AuraError, type ErrorCode } from '../../src/protocol/index.ts';
import { parseScript } from '../../src/script/index.ts';

/** Asserts that a script is refused at exactly this place, and that the message names it. */
export function expectMistake(
  script: string,
  expected: { at: readonly [line: number, column: number]; message: RegExp; code?: ErrorCode },
): void {
  const error = thrownBy(script);
  const [line, column] = expected.at;
  assert.equal(error.code, expected.code ?? 'script_invalid', error.message);
  assert.deepEqual(error.place, { line, column }, error.message);
  assert.match(error.message, expected.message);
  if (error.code === 'script_invalid') {
    assert.ok(error.message.startsWith(`line ${line}, column ${column}: `), error.message);
  }
}

function thrownBy(script: string): AuraError {
  try {
    parseScript(script);
  } catch (error) {
    assert.ok(error instanceof AuraError, `not an AuraError: ${error}`);
    return error;
  }
  assert.fail(`accepted: ${JSON.stringify(script.slice(0, 200))}`);
}
