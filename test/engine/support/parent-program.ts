import { runChild } from '../../../src/engine/index.ts';
import { silent } from './workshop.ts';

/** A program: runs a child that stays. To be killed. */
await runChild({
  modulePath: new URL('./child-program.ts', import.meta.url).pathname,
  input: { act: 'stay', file: process.argv[2] ?? '' },
  signal: new AbortController().signal,
  onReport: () => {},
  stallSeconds: 600,
  crashCode: 'internal',
  logger: silent,
});
