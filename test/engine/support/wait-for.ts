import { setTimeout } from 'node:timers/promises';

/** Asks again and again until there is an answer; fails the test when there is none in time. */
export async function waitFor<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  timeoutSeconds = 90,
): Promise<Answer> {
  const deadline = Date.now() + timeoutSeconds * 1_000;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await setTimeout(15);
  }
  throw new Error(`waited ${timeoutSeconds} s for ${what}`);
}
