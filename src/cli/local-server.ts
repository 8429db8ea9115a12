import type { Config } from '../config.ts';
import { AuraClient } from '../sdk/index.ts';

/** Speaks to the server named; to the one on this machine when none is. */
export function clientOf({
  serverUrl,
  config,
}: {
  readonly serverUrl: string | undefined;
  readonly config: Config;
}): AuraClient {
  return new AuraClient({ baseUrl: serverUrl ?? localServerUrl(config) });
}

/** Where a server with this configuration is reached from this machine. */
function localServerUrl({ host, port }: Pick<Config, 'host' | 'port'>): string {
  // An address that listens everywhere is not one that can be asked.
  const name = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
