import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type ChildContext, serveChild } from '../../../src/engine/index.ts';
import { AuraError, type Json } from '../../../src/protocol/index.ts';

/** What the child is asked to do. */
export type ChildInput =
  | { readonly act: 'report' }
  /** Counts to a hundred of two hundred at once, and rests for as long as it is told. */
  | { readonly act: 'count'; readonly restMilliseconds: number }
  | { readonly act: 'pid' }
  /** Holds so many bytes until it is told to rest; gives its pid. */
  | { readonly act: 'grow'; readonly bytes: number }
  /** Gives how often it was told to rest. */
  | { readonly act: 'rests' }
  /** Gives the kind of work it was told to be ready for, null for none. */
  | { readonly act: 'ready' }
  /** Writes a line to stderr; gives its pid. */
  | { readonly act: 'mutter'; readonly words: string }
  | { readonly act: 'fail' }
  | { readonly act: 'throw' }
  | { readonly act: 'exit' }
  | { readonly act: 'crash' }
  /** Writes its pid to the file and stays, without a word. */
  | { readonly act: 'stay'; readonly file: string }
  /** The same, but goes on saying how far it is, which is always as far. */
  | { readonly act: 'repeat'; readonly file: string };

let rests = 0;
let readyFor: string | undefined;
let held = new ArrayBuffer(0);

serveChild(work, {
  async rest(next) {
    rests += 1;
    readyFor = next;
    held = held.transfer(0);
  },
});

async function work(input: Json, { progress, preview, warn }: ChildContext): Promise<Json> {
  // Proven by the test, the only one who starts this program.
  const order = input as ChildInput;
  switch (order.act) {
    case 'report':
      progress(0.5, 'Half');
      preview(new Uint8Array([255, 216, 0]));
      warn({ code: 'w', message: 'Look out' });
      return { text: 'done' };
    case 'count':
      for (let count = 1; count <= 100; count += 1) progress(count / 200, 'Counting', count);
      await setTimeout(order.restMilliseconds);
      return null;
    case 'pid':
      return process.pid;
    case 'grow':
      held = new Uint8Array(order.bytes).fill(1).buffer;
      return process.pid;
    case 'rests':
      return rests;
    case 'ready':
      return readyFor ?? null;
    case 'mutter':
      console.error(order.words);
      return process.pid;
    case 'fail':
      throw new AuraError('picture_invalid', 'sea.jpg ends too early.', { place: { scene: 'scene-2' } });
    case 'throw':
      throw new TypeError('x is not a function');
    case 'exit':
      console.error('the last words');
      process.exit(3);
      break;
    case 'crash':
      process.abort();
      break;
    case 'stay':
    case 'repeat':
      writeFileSync(order.file, `${process.pid}`);
      setInterval(() => order.act === 'repeat' && progress(0.5, 'Half'), 100);
      return new Promise(() => {});
  }
  return null;
}
