import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { buildProgram } from './program.ts';

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // It has printed its own message, or the help that was asked for.
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.mistake;
}
