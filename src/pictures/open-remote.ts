import type { LookupAddress } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { AuraError } from '../protocol/index.ts';
import { type AllowAddress, resolveHost, shorten } from './resolve-host.ts';

const mostRedirects = 5;

export interface OpenOptions {
  readonly signal: AbortSignal;
  readonly allowAddress: AllowAddress;
  /** How long the other side may take to answer, or may pause, in milliseconds. */
  readonly idleMilliseconds: number;
}

/** A response with status 200, its body not yet read. */
export interface RemoteFile {
  readonly url: URL;
  readonly response: IncomingMessage;
}

/**
 * Requests a URL, following redirects; the host of every one is resolved, checked and pinned anew.
 *
 * @throws {AuraError} url_refused, fetch_failed.
 */
export async function openRemote(address: string, options: OpenOptions): Promise<RemoteFile> {
  let url = parseUrl(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const addresses = await resolveHost(url, options.allowAddress);
    options.signal.throwIfAborted();
    const response = await request(url, addresses, options);
    const status = response.statusCode ?? 0;
    if (status === 200) return { url, response };
    response.destroy();
    const { location } = response.headers;
    if (!redirectStatuses.has(status) || location === undefined) {
      throw new AuraError(
        'fetch_failed',
        `${shorten(url)} answered ${status} ${response.statusMessage ?? ''}.`,
      );
    }
    url = parseUrl(location, url);
  }
  throw new AuraError('fetch_failed', `${address} leads on to more than ${mostRedirects} other addresses.`);
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

function parseUrl(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (url === null) throw new AuraError('url_refused', `“${address.slice(0, 200)}” is not an address.`);
  return url;
}

async function request(
  url: URL,
  addresses: readonly LookupAddress[],
  { signal, idleMilliseconds }: OpenOptions,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const outgoing = send(url, {
    signal,
    // An agent of its own: a connection that is kept might have been made to an address nobody checked.
    agent: false,
    lookup: pinned(addresses),
    timeout: idleMilliseconds,
    headers: {
      accept: 'image/*, video/*, audio/*, font/*, text/*;q=0.5, */*;q=0.1',
      'accept-encoding': 'identity',
      'user-agent': 'Aura',
    },
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
  outgoing.end();
  return await promise;
}

function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const first = addresses[0];
    if (options.all === true) callback(null, [...addresses]);
    else if (first !== undefined) callback(null, first.address, first.family);
  };
}
