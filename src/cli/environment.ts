import { availableParallelism } from 'node:os';
import { type Config, readConfig, unknownSettings } from '../config.ts';
import { type ProgressDisplay, progressDisplay } from './progress-display.ts';

/** The configuration of this process; names that are no settings are pointed out. @throws {AuraError} config_invalid. */
export function processConfig(): Config {
  for (const sentence of unknownSettings(process.env)) process.stderr.write(`aura: ${sentence}\n`);
  return readConfig(process.env, { coreCount: availableParallelism() });
}

/** Progress goes to standard error, so that standard output holds only results. */
export function processDisplay(): ProgressDisplay {
  return progressDisplay(process.stderr);
}
