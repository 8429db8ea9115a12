import { setFlagsFromString } from 'node:v8';

/**
 * From now on this process compiles WebAssembly quickly, once, and never again by V8's optimizing compiler. PostgreSQL's parser
 * is a single function of 105 KB, which that one takes up after some forty queries: 2.5 s of CPU and 600 MB, 50 of which stay.
 * Without it a query takes a tenth more CPU, and 25,000 have to be asked before that adds up.
 */
export function compileWebAssemblyOnce(): void {
  // The second goes with the first; on a running process V8 does not see to that.
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
