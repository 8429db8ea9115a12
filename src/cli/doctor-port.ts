import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import { AuraError } from '../protocol/index.ts';
import type { Check } from './doctor.ts';
import { clientOf } from './local-server.ts';

/** The port is free, or Aura itself has it. */
export function portCheck(config: Config): Check {
  return {
    name: 'port',
    run: async () => {
      const code = await listenOnce(config);
      if (code === undefined) return config.port === 0 ? 'any free one' : `${config.port} is free`;
      if (code === 'EADDRINUSE' && (await isAura(config))) return `${config.port} is Aura’s: it is running`;
      throw explained(code, config);
    },
  };
}

/** The system's code of what is in the way. */
function listenOnce({ host, port }: Config): Promise<string | undefined> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error) => settle('code' in error ? String(error.code) : error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => settle(undefined)));
  });
}

async function isAura(config: Config): Promise<boolean> {
  const client = clientOf({ serverUrl: undefined, config });
  return client.health({ signal: AbortSignal.timeout(5_000) }).then(
    () => true,
    () => false,
  );
}

function explained(code: string, { host, port }: Config): AuraError {
  if (code === 'EADDRINUSE')
    return new AuraError('port_in_use', `Another program listens on ${host}:${port}.`);
  const detail = `AURA_HOST and AURA_PORT: nothing can listen on ${host}:${port} (${code})`;
  return new AuraError('config_invalid', `${detail}.`);
}
