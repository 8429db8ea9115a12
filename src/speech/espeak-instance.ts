import type { EspeakModule, EspeakWorker } from '@echogarden/espeak-ng-emscripten';

/** The longest text an instance takes, in UTF-8: more than escaping can make of the longest passage. */
export const longestTextBytes = 65_536;

interface EspeakInstance {
  readonly module: EspeakModule;
  readonly worker: EspeakWorker;
  /** All of the module's memory when it had just been loaded. */
  readonly firstMemory: Uint8Array;
}

/** Those that nobody uses: as many as have spoken at one time. */
const idle: EspeakInstance[] = [];

/**
 * Lets one eSpeak NG work that remembers nothing: what it spoke before would change what it says next, even its language. So
 * its memory is set back to what it was at first, which takes a tenth of the time of loading it anew, for its code is
 * compiled already. Each call has an instance of its own.
 */
export async function withEspeak<T>(work: (worker: EspeakWorker) => Promise<T>): Promise<T> {
  const instance = idle.pop() ?? (await load());
  const { module, worker, firstMemory } = instance;
  module.HEAPU8.set(firstMemory);
  const result = await work(worker);
  // One that broke off, or has grown, is not used again.
  if (module.HEAPU8.length === firstMemory.length) idle.push(instance);
  return result;
}

/** Lets go of the instances that nobody uses, 60 MB each: the next to speak waits until one is loaded. */
export function releaseEspeak(): void {
  idle.length = 0;
}

async function load(): Promise<EspeakInstance> {
  const { default: loadEspeak } = await import('@echogarden/espeak-ng-emscripten');
  const module = await loadEspeak();
  const worker = new module.eSpeakNGWorker();
  makeRoom(worker);
  return { module, worker, firstMemory: module.HEAPU8.slice() };
}

/**
 * Texts come to the engine through a place in its memory, made when it is first needed and made larger in the call after one that
 * did not fit. Where it is, is known outside of that memory and cannot be set back: so it is made now, for any text.
 */
function makeRoom(worker: EspeakWorker): void {
  const noVoice = 'x'.repeat(longestTextBytes);
  worker.set_voice(noVoice);
  worker.set_voice(noVoice);
}
