import { Pool, type PoolClient } from 'pg';
import { AuraError } from '../protocol/index.ts';
import { createChannelConnection } from './channel-connection.ts';
import type { Queryable, ServerDatabase } from './database.ts';

interface PostgresqlOptions {
  readonly url: string;
  readonly onWarning: (message: string, error: unknown) => void;
}

const poolSize = 8;

/**
 * A process that freezes in the middle of a transaction would keep the job it holds from everybody else. After this time in
 * which it says nothing the server ends its session, and the transaction with it.
 */
export const longestSilenceMilliseconds = 10_000;

/**
 * Connects to a PostgreSQL server (14 or newer) that any number of processes share.
 * @throws {AuraError} config_invalid when it cannot be reached or refuses.
 */
export async function openPostgresql({ url, onWarning }: PostgresqlOptions): Promise<ServerDatabase> {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'aura',
    idle_in_transaction_session_timeout: longestSilenceMilliseconds,
  });
  pool.on('error', (error) => {
    if (!pool.ending) onWarning('an idle database connection was lost', error);
  });
  await pool.query('SELECT 1').catch(async (error: unknown) => {
    await pool.end();
    throw unreachable(url, error);
  });
  const channels = createChannelConnection({ url, onWarning });
  return {
    kind: 'postgresql',
    url,
    ...queryable(pool),
    transaction: (work) => inTransaction(pool, work),
    listen: (channel, listener) => channels.listen(channel, listener),
    async close() {
      await channels.close();
      if (!pool.ended) await pool.end();
    },
  };
}

/** Whatever keeps the first query from working: nobody listens, a wrong password, no such database. */
function unreachable(url: string, cause: unknown): AuraError {
  const { host, pathname } = new URL(url);
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  const detail = `DATABASE_URL: the database ${pathname.slice(1)} at ${host} cannot be used: ${reason}.`;
  return new AuraError('config_invalid', detail, { cause });
}

function queryable(target: Pool | PoolClient): Queryable {
  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      const result = await target.query(sql, [...parameters]);
      // Proven by the statement: the caller names the columns it selected.
      return result.rows as Row[];
    },
  };
}

async function inTransaction<Result>(
  pool: Pool,
  work: (transaction: Queryable) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(queryable(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    // A connection that could not even roll back is not given back to the pool.
    client.release(broken);
  }
}
