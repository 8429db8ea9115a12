import type { Config } from '../config.ts';
import { untilInterrupted } from './interrupts.ts';
import { keepYoungGenerationSmall } from './young-generation.ts';

/** `aura serve`: runs until it is told to stop, then ends in order. */
export async function serve(config: Config): Promise<void> {
  keepYoungGenerationSmall();
  const { forgetStart, startServer } = await import('../server.ts');
  const server = await startServer({ config });
  process.stdout.write(`Aura is at ${server.url}\n`);
  const interrupted = untilInterrupted('Stopping; press Ctrl-C again to leave at once.');
  await forgetStart();
  await interrupted;
  await server.close();
}
