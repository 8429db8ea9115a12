import type { Config } from '../config.ts';

/** Where a server with this configuration is reached from this machine. */
export function localServerUrl({ host, port }: Pick<Config, 'host' | 'port'>): string {
  // An address that listens everywhere is not one that can be asked.
  const name = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
