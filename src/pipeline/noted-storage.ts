import type { Storage } from '../storage/contract.ts';

/**
 * The storage as a task sees it: every key is noted as the job's before it is looked for or written, so that nobody
 * deletes the result in between. Keys that are asked for together are noted together.
 */
export function notedStorage(storage: Storage, use: (keys: readonly string[]) => Promise<void>): Storage {
  const noted = new Map<string, Promise<void>>();
  let waiting: string[] = [];
  const flush = async () => {
    await Promise.resolve();
    const keys = waiting;
    waiting = [];
    await use(keys);
  };
  let flushing = Promise.resolve();
  const note = (key: string): Promise<void> => {
    const known = noted.get(key);
    if (known !== undefined) return known;
    if (waiting.length === 0) flushing = flush();
    waiting.push(key);
    noted.set(key, flushing);
    return flushing;
  };
  /** Noted again when it is written: a job that was deleted meanwhile would leave it behind. */
  const written = async <Result>(key: string, write: () => Promise<Result>): Promise<Result> => {
    await note(key);
    const result = await write();
    await use([key]);
    return result;
  };
  return {
    ...storage,
    find: (key) => note(key).then(() => storage.find(key)),
    localPath: (key) => note(key).then(() => storage.localPath(key)),
    readBytes: (key) => note(key).then(() => storage.readBytes(key)),
    putFile: (key, file, sha256) => written(key, () => storage.putFile(key, file, sha256)),
    putBytes: (key, bytes) => written(key, () => storage.putBytes(key, bytes)),
  };
}
