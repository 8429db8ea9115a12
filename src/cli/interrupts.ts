import { AuraError } from '../protocol/index.ts';
import { exitCodes } from './exit-codes.ts';

export interface Interrupts extends Disposable {
  /** Aborts at the first request to stop; its reason is job_cancelled. */
  readonly signal: AbortSignal;
}

/**
 * Ctrl-C once asks for an orderly end, twice leaves at once.
 *
 * A terminal sends its Ctrl-C to every process of the group, and `npm` and `bin/aura.js` pass theirs on as well: what
 * comes within a quarter of a second is one key press.
 */
export function listenForInterrupts(onFirst: () => void): Interrupts {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const interrupted = () => {
    const now = performance.now();
    if (firstAt !== undefined && now - firstAt > samePressMilliseconds) process.exit(exitCodes.cancelled);
    if (firstAt !== undefined) return;
    firstAt = now;
    onFirst();
    controller.abort(new AuraError('job_cancelled', 'It was interrupted.'));
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
  const { signal } = listenForInterrupts(() => process.stderr.write(`${remark}\n`));
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
