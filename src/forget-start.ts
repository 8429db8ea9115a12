import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { trimHeap } from './engine/index.ts';

/**
 * Gives back what only starting needed: code that runs once, and what the embedded database was loaded from. V8 keeps both for as long
 * as there is memory: 174 MB become 132, and in an export 177 become 149. All stands still for 150 ms, so it is called when hardly anybody can be there yet.
 */
export async function forgetStart(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  await trimHeap();
}
