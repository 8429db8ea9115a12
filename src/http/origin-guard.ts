import { isIP } from 'node:net';
import { AuraError } from '../protocol/index.ts';

interface RequestHead {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`: a browser's own word, which no page can set. It holds behind a proxy that rewrites Host. */
  readonly fetchSite: string | undefined;
}

/**
 * Keeps other sites' pages away from a server on the user's own machine. A page can point a name of its own at
 * 127.0.0.1 (DNS rebinding), so only known names pass; IP addresses cannot be rebound. A page can also send a form
 * anywhere, so what changes something must come from our own origin, or from no page at all.
 *
 * @throws {AuraError} host_refused, origin_refused; request_malformed without a host.
 */
export function guardOrigin(request: RequestHead, allowedHosts: readonly string[]): void {
  if (request.host === undefined) throw new AuraError('request_malformed', 'The request has no Host header.');
  const name = hostName(request.host);
  if (name === undefined || !isAllowed(name, allowedHosts)) {
    throw new AuraError('host_refused', `The server is not known as ${JSON.stringify(request.host)}.`);
  }
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (isReading || request.origin === undefined || request.fetchSite === 'same-origin') return;
  if (hostOfOrigin(request.origin) !== request.host.toLowerCase()) {
    throw new AuraError('origin_refused', `A page of ${JSON.stringify(request.origin)} may not do this.`);
  }
}

function isAllowed(name: string, allowedHosts: readonly string[]): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    isIP(name.replace(/^\[|\]$/g, '')) !== 0 ||
    allowedHosts.includes('*') ||
    allowedHosts.some((allowed) => allowed.toLowerCase() === name)
  );
}

function hostName(host: string): string | undefined {
  return /^(?<name>\[[0-9a-f:.]+\]|[^:/?#@\s]+)(:\d{1,5})?$/i.exec(host)?.groups?.['name']?.toLowerCase();
}

function hostOfOrigin(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
