import { availableParallelism } from 'node:os';
import { type Config, readConfig } from '../config.ts';
import { type ProgressDisplay, progressDisplay } from './progress-display.ts';

/** The configuration of this process. @throws {AuraError} config_invalid. */
export function processConfig(): Config {
  return readConfig(process.env, { coreCount: availableParallelism() });
}

/** Progress goes to standard error, so that standard output holds only results. */
export function processDisplay(): ProgressDisplay {
  return progressDisplay(process.stderr);
}
