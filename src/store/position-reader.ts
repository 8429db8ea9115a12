import type { Database } from './database.ts';
import { type Position, readPositions } from './live.ts';

export interface PositionReader {
  /** Asks how far a job has come. The answer is told; none comes for a job that does not exist. */
  request(jobId: string): void;
  /** Resolves when nothing is being read. */
  settled(): Promise<void>;
}

interface Reading {
  readonly tell: (position: Position) => void;
  readonly onError: (error: unknown) => void;
}

/** Reads the positions of the requested jobs, all in one query, one query at a time. */
export function createPositionReader(database: Database, { tell, onError }: Reading): PositionReader {
  const requested = new Set<string>();
  let running: Promise<void> | undefined;

  const readRequested = async () => {
    const jobIds = [...requested];
    requested.clear();
    for (const position of await readPositions(database, jobIds)) tell(position);
  };
  const start = () => {
    running = readRequested()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (requested.size > 0) start();
      });
  };
  return {
    request(jobId) {
      requested.add(jobId);
      if (running === undefined) start();
    },
    settled: async () => running,
  };
}
