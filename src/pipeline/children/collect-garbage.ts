/**
 * Has V8 notice what was let go of, here where it is told when to look (`v8Options`). It does so in steps: first who held it, then
 * it, and the 41 MB of the speech engine only when nothing of its code is being compiled any more.
 */
export function collectGarbage(): void {
  globalThis.gc?.();
  for (const delay of laterMilliseconds) setTimeout(() => globalThis.gc?.(), delay).unref();
}

const laterMilliseconds = [300, 1_000];
