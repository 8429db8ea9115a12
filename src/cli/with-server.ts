import type { Config } from '../config.ts';

interface ServerChoice {
  /** Address of a running server; an own one, for the time of the call, when undefined. */
  readonly url: string | undefined;
  readonly config: Config;
}

/** Does something with a server: the one named, or one inside this process on a free port of the loopback interface. */
export async function withServer<Result>(
  { url, config }: ServerChoice,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  if (url !== undefined) return use(url);
  // Loaded only now: it brings the database and the media libraries with it.
  const { startServer } = await import('../server.ts');
  const { destination, pino } = await import('pino');
  // Results are on standard output, so the server's log is not.
  const logger = pino({ level: ownLogLevel(config) }, destination({ dest: 2, sync: true }));
  const server = await startServer({ config: { ...config, host: '127.0.0.1', port: 0 }, logger });
  try {
    return await use(server.url);
  } finally {
    await server.close();
  }
}

/** Its log would come between the lines of the progress; what goes wrong is told as the export's error anyway. */
function ownLogLevel({ logLevel }: Config): Config['logLevel'] {
  return logLevel === 'info' ? 'silent' : logLevel;
}
