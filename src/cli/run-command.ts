import type { Config } from '../config.ts';
import { processConfig } from './environment.ts';
import { errorMessage } from './error-message.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { Interrupted } from './interrupts.ts';

/**
 * Runs a command with the configuration, prints what goes wrong for a person, and sets the exit code of the process.
 *
 * @param context.file what lines and fields in an error refer to.
 */
export async function runCommand(
  command: (config: Config) => Promise<void>,
  context: { readonly file?: string } = {},
): Promise<void> {
  let config: Config | undefined;
  try {
    config = processConfig();
    await command(config);
    process.exitCode = exitCodes.ok;
  } catch (error) {
    if (error instanceof Interrupted) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = exitCodes.cancelled;
      return;
    }
    const withStack = config?.logLevel === 'debug';
    process.stderr.write(`${errorMessage(error, { ...context, withStack })}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
