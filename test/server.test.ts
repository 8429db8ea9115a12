import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { fastify } from 'fastify';
import { Client } from 'pg';
import { readConfig } from '../src/config.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { openRaw } from './conformance/raw-stream.ts';
import { waitFor } from './conformance/wait-for.ts';
import { startDatabases, type TestDatabases } from './support/databases.ts';

const logLines: Record<string, unknown>[] = [];
const logger = fastify({
  logger: { level: 'debug', stream: { write: (line: string) => logLines.push(JSON.parse(line)) } },
}).log;

let databases: TestDatabases;
let databaseUrl: string;
let server: RunningServer;
before(async () => {
  databases = await startDatabases('postgresql');
  const { directory, databaseUrl: address = '' } = await databases.fresh();
  databaseUrl = address;
  const env = { AURA_PORT: '0', AURA_DATA: directory, DATABASE_URL: address, AURA_STREAM_WAIT: '1' };
  server = await startServer({ config: readConfig(env, { coreCount: 1 }), logger });
});
after(async () => {
  await server.close();
  await databases.stop();
});

const open = (path: string) => openRaw(Number(new URL(server.url).port), path);

it('tells of events that cannot be read', async () => {
  const stream = await open('/api/events');
  await stream.until(({ body }) => body.includes('event: listed'));
  await using database = await connect(databaseUrl);
  await database.query('ALTER TABLE aura.job RENAME TO hidden');
  const warning = await waitFor(() =>
    logLines.find(({ msg }) => msg === 'the newest events could not be read'),
  );
  assert.match(JSON.stringify(warning['err']), /aura\.job/);
  await database.query('ALTER TABLE aura.hidden RENAME TO job');
  stream.socket.destroy();
});

it('waits with a stream for as long as it is set to', async () => {
  const stream = await open(`/api/jobs/${randomUUID()}/events`);
  await stream.until(({ body }) => body.includes('job_not_found'));
  assert.match(JSON.parse(stream.body).detail, /appeared in 1\.\d s/);
  stream.socket.destroy();
});

async function connect(connectionString: string) {
  const client = new Client({ connectionString });
  await client.connect();
  return {
    query: (sql: string) => client.query(sql),
    [Symbol.asyncDispose]: () => client.end(),
  };
}
