import type { IncomingMessage } from 'node:http';
import { requestPinned } from '../network/request-pinned.ts';
import { type AllowAddress, resolveHost, shorten } from '../network/resolve-host.ts';
import { AuraError } from '../protocol/index.ts';

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
    const response = await requestPinned(url, addresses, { ...options, headers });
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

const headers = {
  accept: 'image/*, video/*, audio/*, font/*, text/*;q=0.5, */*;q=0.1',
  'accept-encoding': 'identity',
  'user-agent': 'Aura',
};

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

function parseUrl(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (url === null) throw new AuraError('url_refused', `“${address.slice(0, 200)}” is not an address.`);
  return url;
}
