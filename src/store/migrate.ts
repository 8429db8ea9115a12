import { readdir, readFile } from 'node:fs/promises';
import type { Database, Queryable } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);

/** An arbitrary number that stands for "Aura's tables are being changed" among the server's advisory locks. */
const migrationLock = 4_712_001;

/**
 * Applies the numbered files of `migrations/` that this database has not seen, in order, all or none. Processes that start
 * together take turns.
 */
export async function migrate(database: Database): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const scripts = await Promise.all(
    files.map(async (name) => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })),
  );
  await database.transaction(async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    await transaction.query('CREATE SCHEMA IF NOT EXISTS aura');
    await transaction.query('CREATE TABLE IF NOT EXISTS aura.migration (name text PRIMARY KEY)');
    const rows = await transaction.query<{ name: string }>('SELECT name FROM aura.migration');
    const applied = new Set(rows.map((row) => row.name));
    for (const script of scripts.filter(({ name }) => !applied.has(name))) await apply(transaction, script);
  });
}

async function apply(transaction: Queryable, script: { name: string; sql: string }): Promise<void> {
  for (const statement of statements(script.sql)) await transaction.query(statement);
  await transaction.query('INSERT INTO aura.migration (name) VALUES ($1)', [script.name]);
}

/** A migration's statements end with `;` at the end of a line; lines inside `$$` bodies are kept together. */
function statements(sql: string): string[] {
  const found: string[] = [];
  let current = '';
  for (const line of sql.split('\n')) {
    current += `${line}\n`;
    const isInsideBody = current.split('$$').length % 2 === 0;
    if (line.trimEnd().endsWith(';') && !isInsideBody) {
      found.push(current);
      current = '';
    }
  }
  return current.trim() === '' ? found : [...found, current];
}
