import { once } from 'node:events';
import { Client } from 'pg';
import type { ChannelListener } from './database.ts';

interface ChannelConnectionOptions {
  readonly url: string;
  readonly onWarning: (message: string, error: unknown) => void;
}

export interface ChannelConnection {
  listen(channel: string, listener: ChannelListener): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const retryMilliseconds = { first: 100, longest: 5_000 };

/**
 * The one connection of a process that listens, whatever the number of channels and listeners: idle listening connections
 * make every NOTIFY of the server dearer. Opened by the first `listen`; comes back by itself when it is lost.
 */
export function createChannelConnection(options: ChannelConnectionOptions): ChannelConnection {
  const listeners = new Map<string, Set<ChannelListener>>();
  const closing = new AbortController();
  let connection: Promise<Client> | undefined;

  const open = async (): Promise<Client> => {
    const client = new Client({
      connectionString: options.url,
      application_name: 'aura-listen',
      keepAlive: true,
    });
    client.on('notification', ({ channel, payload }) => {
      for (const listener of listeners.get(channel) ?? []) listener.onPayload(payload ?? '');
    });
    // Without a listener for it, a lost connection would end the process; 'end' follows and is what acts.
    client.on('error', (error) => options.onWarning('the listening database connection failed', error));
    await client.connect();
    for (const channel of listeners.keys()) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    client.once('end', () => {
      if (!closing.signal.aborted) connection = reopen();
    });
    return client;
  };

  const reopen = async (): Promise<Client> => {
    for (let wait = retryMilliseconds.first; ; wait = Math.min(wait * 2, retryMilliseconds.longest)) {
      await pause(wait, closing.signal);
      try {
        const client = await open();
        for (const set of listeners.values()) for (const listener of set) listener.onReconnect();
        return client;
      } catch (error) {
        closing.signal.throwIfAborted();
        options.onWarning('the listening database connection could not be opened again', error);
      }
    }
  };

  return {
    async listen(channel, listener) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      connection ??= open();
      const client = await connection;
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      return async () => {
        set.delete(listener);
      };
    },
    async close() {
      closing.abort();
      const client = await connection?.catch(() => undefined);
      await client?.end();
    },
  };
}

/** Waits between two attempts to reach the server, or until there is no further attempt. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const timer = AbortSignal.any([AbortSignal.timeout(milliseconds), signal]);
  if (!timer.aborted) await once(timer, 'abort');
  signal.throwIfAborted();
}
