import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { buildProgram } from './program.ts';

// Whoever read the output may leave (`aura serve | head`): that is no reason to stop serving.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // It has printed its own message, or the help that was asked for.
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.mistake;
}
