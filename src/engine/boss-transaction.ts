import type { Queryable } from '../store/index.ts';

/** A transaction of ours as pg-boss takes one: what it writes is there exactly if what we write is. */
export function bossTransaction(transaction: Queryable) {
  return {
    executeSql: async (sql: string, values: unknown[] = []) => ({
      rows: await transaction.query<Record<string, unknown>>(sql, values),
    }),
  };
}
