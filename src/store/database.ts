import type { PGlite } from '@electric-sql/pglite';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgresql } from './postgresql.ts';

/** Something SQL can be sent to: the database, or one transaction on it. */
export interface Queryable {
  /**
   * Runs one statement with `$1` placeholders. The row type is the caller's claim about the columns it selected.
   * Objects for `json` columns are passed as `JSON.stringify` made them and come back parsed.
   */
  query<Row = unknown>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export interface ChannelListener {
  /** What was given to `pg_notify`. At most once: nothing is kept while the connection is down. */
  onPayload(payload: string): void;
  /** The connection was lost and is back: what was notified in between is gone, so read the tables again. */
  onReconnect(): void;
}

interface SqlDatabase extends Queryable {
  /**
   * Runs `work` in one transaction: rolled back when it throws. Embedded, there is a single connection, so inside `work`
   * everything goes through the transaction it is given; a query on the database itself would wait for ever.
   */
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  /** Listens to one channel; resolves once listening, with a function that stops it. */
  listen(channel: string, listener: ChannelListener): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export interface EmbeddedDatabase extends SqlDatabase {
  readonly kind: 'pglite';
  readonly pglite: PGlite;
}

export interface ServerDatabase extends SqlDatabase {
  readonly kind: 'postgresql';
  readonly url: string;
}

export type Database = EmbeddedDatabase | ServerDatabase;

export interface DatabaseOptions {
  /** `postgres://…`; the embedded database in `directory` when absent. */
  readonly databaseUrl?: string | undefined;
  /** Where the embedded database keeps its files; created when it is not there. */
  readonly directory: string;
  /** Told about trouble that is dealt with here, such as a lost connection. */
  readonly onWarning?: (message: string, error: unknown) => void;
}

/**
 * Opens the database and brings its tables up to date.
 * @throws {AuraError} data_in_use when another process has the directory open.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const onWarning = options.onWarning ?? (() => {});
  const database =
    options.databaseUrl === undefined
      ? await openPglite({ directory: options.directory, onWarning })
      : await openPostgresql({ url: options.databaseUrl, onWarning });
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
