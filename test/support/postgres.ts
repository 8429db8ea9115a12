import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './loopback.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';

export interface TestServer {
  /** Makes an empty database; returns its `postgres://` address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a throw-away PostgreSQL server of its own on a free port of 127.0.0.1. */
export async function startPostgres(): Promise<TestServer> {
  const binaries = await findPostgresBinaries();
  const folder = await mkdtemp(join(tmpdir(), 'aura-postgres-'));
  const account = await serverAccount(folder);
  const data = join(folder, 'data');
  const initArguments = ['-D', data, '-U', 'aura', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'];
  await promisify(execFile)(join(binaries, 'initdb'), initArguments, { ...account, cwd: folder });
  const port = await freePort();
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...flags], {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const killServer = () => server.kill('SIGKILL');
  process.once('exit', killServer);
  const address = (database: string) => `postgres://aura@127.0.0.1:${port}/${database}`;
  await ready(server.stderr);
  return {
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await runSql(address('postgres'), `CREATE DATABASE ${name}`);
      return address(name);
    },
    async stop() {
      const ended = once(server, 'exit');
      // SIGINT asks PostgreSQL to disconnect everybody and end: a "fast shutdown".
      server.kill('SIGINT');
      await ended;
      process.off('exit', killServer);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Nobody's account on Unix. PostgreSQL refuses to run as root, so root hands the folder over and steps down. */
const nobody = 65_534;

async function serverAccount(folder: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  await chown(folder, nobody, nobody);
  return { uid: nobody, gid: nobody };
}

/** Reads on after that: a server whose log nobody reads stops when the pipe is full. */
async function ready(log: NodeJS.ReadableStream): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    log.on('data', (part) => {
      if (text.includes('ready to accept connections')) return;
      text += String(part);
      if (text.includes('ready to accept connections')) resolve();
    });
    log.on('end', () => reject(new Error(`PostgreSQL did not start:\n${text}`)));
  });
}

async function runSql(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
