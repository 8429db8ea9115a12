import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until there is a value, and returns it. */
export async function waitFor<Value>(look: () => Value | undefined | false): Promise<Value> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const value = look();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`never came true: ${look}`);
    await pause(5);
  }
}
