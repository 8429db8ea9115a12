import { exitCodes } from './exit-codes.ts';

/** The user asked for the end. Its message says what that came to. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface Interrupts extends Disposable {
  /** Aborts at the first request to stop, with Interrupted as the reason. */
  readonly signal: AbortSignal;
}

/**
 * Ctrl-C once asks for an orderly end, twice leaves at once.
 *
 * A terminal sends its Ctrl-C to every process of the group, and `npm` and `bin/aura.js` pass theirs on as well: what
 * comes within a quarter of a second is one key press.
 *
 * @param options.outcome what is said when the command has ended because of it.
 */
export function listenForInterrupts(options: {
  readonly onFirst: () => void;
  readonly outcome: string;
}): Interrupts {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const interrupted = () => {
    const now = performance.now();
    if (firstAt !== undefined && now - firstAt > samePressMilliseconds) process.exit(exitCodes.cancelled);
    if (firstAt !== undefined) return;
    firstAt = now;
    options.onFirst();
    controller.abort(new Interrupted(options.outcome));
  };
  for (const name of stopSignals) process.on(name, interrupted);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of stopSignals) process.off(name, interrupted);
    },
  };
}

const samePressMilliseconds = 250;
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for the first request to stop. A second one leaves at once, also while what follows is still going on. */
export async function untilInterrupted(remark: string): Promise<void> {
  const { signal } = listenForInterrupts({
    onFirst: () => process.stderr.write(`${remark}\n`),
    outcome: '',
  });
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
