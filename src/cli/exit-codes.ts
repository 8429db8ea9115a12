import { AuraError, errorTable } from '../protocol/index.ts';

/** How a command ended, for scripts. Documented in docs/cli.md and in `aura --help`. */
export const exitCodes = {
  ok: 0,
  /** Aura, a provider or the machine failed; trying again may help. */
  failed: 1,
  /** The command line, the configuration or the input has a mistake; trying again will not help. */
  mistake: 2,
  /** Cancelled: by Ctrl-C, or by somebody else while we watched. 128 + SIGINT, as shells do. */
  cancelled: 130,
} as const;

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof AuraError)) return exitCodes.failed;
  if (error.code === 'job_cancelled') return exitCodes.cancelled;
  const { fault, status } = errorTable[error.code];
  // A conflict (409) is with the state of the machine, e.g. a taken port: nothing was typed wrong.
  return fault === 'yours' && status !== 409 ? exitCodes.mistake : exitCodes.failed;
}

export const exitCodeHelp = `
Exit codes:
  0    done
  1    Aura, a provider or the machine failed; trying again may help
  2    a mistake in the command line, the configuration or the input
  130  cancelled (Ctrl-C)`;
