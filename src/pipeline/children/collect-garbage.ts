import { setTimeout } from 'node:timers/promises';

/**
 * Has V8 notice what was let go of, here where it is told when to look (`v8Options`). It does so in steps: first who held it, then
 * it, and the 41 MB of the speech engine only when nothing of its code is being compiled any more.
 *
 * @returns when the last step is done.
 */
export async function collectGarbage(): Promise<void> {
  globalThis.gc?.();
  for (const delay of delaysMilliseconds) {
    await setTimeout(delay, undefined, { ref: false });
    globalThis.gc?.();
  }
}

const delaysMilliseconds = [300, 700];
