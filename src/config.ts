import { isIP } from 'node:net';
import { z } from 'zod';
import { AuraError, type Issue, limits } from './protocol/index.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Everything that can be set from outside. */
export interface Config {
  /** Address to listen on. */
  readonly host: string;
  /** TCP port to listen on; 0 lets the system choose a free one. */
  readonly port: number;
  /** Folder of the database and of all results; relative to the working directory unless absolute. */
  readonly dataDirectory: string;
  /** PostgreSQL to use instead of the embedded database. */
  readonly databaseUrl?: string;
  readonly logLevel: LogLevel;
  /** Addresses that webhooks may be posted to although they are not public. */
  readonly webhookAddresses?: readonly string[];
  /** Most child processes that draw at one time. */
  readonly concurrency: number;
  /** Most jobs that may wait for their turn; no limit when absent. */
  readonly maxQueued?: number;
  /** How large the store may grow, in bytes, before results that can be made again are removed; no limit when absent. */
  readonly storeLimitBytes?: number;
  /** How long an event stream waits for a job that does not exist yet, in seconds; `limits.streamWaitSeconds` when absent. */
  readonly streamWaitSeconds?: number;
}

/**
 * Reads the configuration. The only place that knows the names of environment variables.
 * An empty variable counts as one that is not set.
 *
 * @throws {AuraError} config_invalid, naming every wrong variable at once.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, machine: Machine): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = variablesSchema.safeParse(given);
  if (!parsed.success) throw invalid(parsed.error.issues.map(toIssue));
  const {
    AURA_HOST,
    AURA_PORT,
    AURA_DATA,
    DATABASE_URL,
    AURA_LOG_LEVEL,
    AURA_CONCURRENCY,
    AURA_MAX_QUEUED,
    AURA_STORE_LIMIT,
    AURA_STREAM_WAIT,
    AURA_WEBHOOK_ADDRESSES,
  } = parsed.data;
  return {
    host: AURA_HOST,
    port: AURA_PORT,
    dataDirectory: AURA_DATA,
    ...(DATABASE_URL !== undefined && { databaseUrl: DATABASE_URL }),
    logLevel: AURA_LOG_LEVEL,
    ...(AURA_WEBHOOK_ADDRESSES !== undefined && { webhookAddresses: AURA_WEBHOOK_ADDRESSES }),
    concurrency: AURA_CONCURRENCY ?? Math.max(1, machine.coreCount),
    maxQueued: AURA_MAX_QUEUED,
    ...(AURA_STORE_LIMIT !== undefined && { storeLimitBytes: AURA_STORE_LIMIT }),
    streamWaitSeconds: AURA_STREAM_WAIT,
  };
}

/**
 * Names that look like settings and are none, in sentences: a misspelt one would otherwise be ignored without a word. No
 * errors, for others may use the prefix too (Kubernetes sets AURA_SERVICE_HOST for a service called aura).
 */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('AURA_') && !knownVariables.includes(name))
    .map((name) => `${name} is not a setting (did you mean ${nearest(name)}?)`);
}

/** What the defaults depend on. */
interface Machine {
  /** Processor cores this process may use. */
  readonly coreCount: number;
}

const wholeNumber = (minimum: number, maximum: number) => {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .pipe(z.number().min(minimum, { error }).max(maximum, { error }));
};

const bytesPerUnit = { MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** "20GB", in bytes. */
const fileSize = z
  .string()
  .transform(
    (text) => /^(?<count>\d{1,6}(?:\.\d{1,3})?) ?(?<unit>MB|GB|TB)$/.exec(text.toUpperCase())?.groups,
  )
  .refine((groups) => Number(groups?.['count'] ?? 0) > 0, {
    error: 'must be a size such as 500MB, 20GB or 1.5TB',
  })
  .transform((groups) => {
    const unit = (['MB', 'GB', 'TB'] as const).find((name) => name === groups?.['unit']) ?? 'MB';
    return Math.round(Number(groups?.['count']) * bytesPerUnit[unit]);
  });

const addressList = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .refine((addresses) => addresses.every((address) => isIP(address) > 0), {
    error: 'must be IP addresses, separated by commas',
  });

const variablesSchema = z.object({
  AURA_HOST: z.string().default('127.0.0.1'),
  AURA_PORT: wholeNumber(0, 65_535).default(5005),
  AURA_DATA: z.string().default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be an address such as postgres://user@host:5432/aura' })
    .optional(),
  AURA_LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
  AURA_CONCURRENCY: wholeNumber(1, 256).optional(),
  AURA_WEBHOOK_ADDRESSES: addressList.optional(),
  AURA_MAX_QUEUED: wholeNumber(1, 1_000_000).default(100),
  AURA_STORE_LIMIT: fileSize.optional(),
  // Longer, and clients and proxies take the silence for a dead line before the answer comes.
  AURA_STREAM_WAIT: wholeNumber(0, limits.streamWaitSeconds).default(limits.streamWaitSeconds),
});

const knownVariables = Object.keys(variablesSchema.shape);

function nearest(name: string): string {
  const byDistance = knownVariables.toSorted((a, b) => editDistance(name, a) - editDistance(name, b));
  return byDistance[0] ?? name;
}

/** Levenshtein distance: how many letters to insert, remove or replace. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}

function toIssue(issue: z.core.$ZodIssue): Issue {
  return { path: issue.path.join('.'), message: issue.message };
}

function invalid(issues: readonly Issue[]): AuraError {
  const detail = issues.map(({ path, message }) => `${path} ${message}`).join('; ');
  return new AuraError('config_invalid', `${detail}.`, { issues });
}
