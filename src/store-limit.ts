import type { FastifyBaseLogger } from 'fastify';
import type { Storage } from './storage/contract.ts';
import { type Database, listSpareBlobs, removeSpareBlobs } from './store/index.ts';

export interface StoreLimit {
  readonly database: Database;
  readonly storage: Storage;
  /** How large the store may be, in bytes. */
  readonly limitBytes: number;
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn'>;
}

/** What can be made again from what stays: uploads and finished files never go. */
const kinds = ['chunk', 'mix', 'speech'];

/** So many are looked up at once: it takes a look at all that jobs ever used. */
const listSize = 1_000;
/** So many are removed at once. */
const batchSize = 20;

/**
 * Removes stored results that only ended jobs were made with, those that were used least lately first, until the store is no
 * larger than its limit or there is nothing more to remove.
 */
export async function keepWithin(
  { database, storage, limitBytes, logger }: StoreLimit,
  signal?: AbortSignal,
): Promise<void> {
  let excessBytes = (await storage.storedBytes()) - limitBytes;
  let count = 0;
  let spare: string[] = [];
  while (excessBytes > 0 && signal?.aborted !== true) {
    if (spare.length === 0) spare = await listSpareBlobs(database, { kinds, limit: listSize });
    if (spare.length === 0) break;
    const sizes = await sizesUpTo(storage, spare.slice(0, batchSize), excessBytes);
    spare = spare.slice(sizes.size);
    await removeSpareBlobs(database, [...sizes.keys()], async (key) => {
      await storage.remove(key);
      excessBytes -= sizes.get(key) ?? 0;
      count += 1;
    });
  }
  if (count > 0) logger.info({ count }, 'results that no job needs were removed from the store');
  if (excessBytes > 0)
    logger.warn({ excessBytes }, 'the store is larger than AURA_STORE_LIMIT, and all in it is needed');
}

/** As many of the keys, in order, as it takes to free that much; all of them where that is not enough. */
async function sizesUpTo(
  storage: Storage,
  keys: readonly string[],
  bytes: number,
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  let sum = 0;
  for (const key of keys) {
    if (sum >= bytes) break;
    const sizeBytes = (await storage.find(key))?.sizeBytes ?? 0;
    sizes.set(key, sizeBytes);
    sum += sizeBytes;
  }
  return sizes;
}

/** Long beside what looking at a large store takes. */
const lookMilliseconds = 60_000;

/** Looks now and every minute, until it is told to end. */
export function startStoreLimit(limit: StoreLimit): () => Promise<void> {
  const ending = new AbortController();
  let looking: Promise<void> | undefined;
  const look = (): void => {
    looking ??= keepWithin(limit, ending.signal)
      .catch((error: unknown) =>
        limit.logger.warn({ err: error }, 'the size of the store could not be limited'),
      )
      .finally(() => {
        looking = undefined;
      });
  };
  look();
  const timer = setInterval(look, lookMilliseconds);
  return async () => {
    clearInterval(timer);
    ending.abort();
    await looking;
  };
}
