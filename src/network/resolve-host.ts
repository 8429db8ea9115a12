import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AuraError } from '../protocol/index.ts';

/** Decides whether an address may be connected to. */
export type AllowAddress = (address: string) => boolean;

/**
 * Checks a URL and every address of its host. Connect to the addresses given back and to no other: a second look-up
 * might answer differently.
 *
 * @throws {AuraError} url_refused, fetch_failed when the host is not known.
 */
export async function resolveHost(url: URL, allowAddress: AllowAddress): Promise<LookupAddress[]> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new AuraError('url_refused', `${shorten(url)} is neither http nor https.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new AuraError('url_refused', `The address at ${url.host} contains a user name or a password.`);
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) > 0 ? [{ address: host, family: isIP(host) }] : await lookUp(host);
  for (const { address } of addresses) {
    if (!allowAddress(address)) {
      throw new AuraError('url_refused', `${url.host} is at ${address}, which is not a public address.`);
    }
  }
  return addresses;
}

/** For messages. */
export function shorten(url: URL): string {
  return url.href.length > 200 ? `${url.href.slice(0, 200)}…` : url.href;
}

async function lookUp(host: string): Promise<LookupAddress[]> {
  try {
    const addresses = await lookup(host, { all: true });
    if (addresses.length > 0) return addresses;
  } catch (error) {
    throw new AuraError('fetch_failed', `The host ${host} is not known.`, { cause: error });
  }
  throw new AuraError('fetch_failed', `The host ${host} has no address.`);
}
