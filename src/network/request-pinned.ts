import type { LookupAddress } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { AuraError } from '../protocol/index.ts';
import { shorten } from './resolve-host.ts';

export interface PinnedRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** How long the other side may take to answer, or may pause, in milliseconds. */
  readonly idleMilliseconds: number;
}

/**
 * Sends one request to addresses that were checked before (`resolveHost`), and to no other. Follows no redirect.
 *
 * @returns the response, its body not yet read.
 * @throws {AuraError} fetch_failed when the other side is silent; the system's error when it cannot be reached.
 */
export async function requestPinned(
  url: URL,
  addresses: readonly LookupAddress[],
  { method = 'GET', headers, body, signal, idleMilliseconds }: PinnedRequest,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const outgoing = send(url, {
    method,
    signal,
    headers,
    // An agent of its own: a connection that is kept might have been made to an address nobody checked.
    agent: false,
    lookup: pinned(addresses),
    timeout: idleMilliseconds,
  });
  outgoing.on('error', reject);
  const silent = new AuraError(
    'fetch_failed',
    `${shorten(url)} sent nothing for ${idleMilliseconds / 1000} s.`,
  );
  outgoing.on('timeout', () => outgoing.destroy(silent));
  outgoing.on('response', (response) => {
    // From here on whoever reads the response has to hear of it.
    outgoing.on('timeout', () => response.destroy(silent));
    resolve(response);
  });
  outgoing.end(body);
  return await promise;
}

function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const first = addresses[0];
    if (options.all === true) callback(null, [...addresses]);
    else if (first !== undefined) callback(null, first.address, first.family);
  };
}
