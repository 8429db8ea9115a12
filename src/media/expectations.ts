import { AuraError } from '../protocol/index.ts';

/** @throws {AuraError} verification_failed when the two differ. */
export function expectSame(what: string, expected: unknown, found: unknown): void {
  if (expected === found) return;
  throw new AuraError(
    'verification_failed',
    `${what}: expected ${String(expected)}, found ${String(found)}.`,
  );
}

/** @throws {AuraError} verification_failed when the two are further apart. */
export function expectNear(
  what: string,
  { expected, found, within }: { expected: number; found: number; within: number },
) {
  if (Math.abs(expected - found) <= within) return;
  const detail = `${what}: expected ${expected} within ${within}, found ${found}.`;
  throw new AuraError('verification_failed', detail);
}
