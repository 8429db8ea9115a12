import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import type { Config } from './config.ts';
import { createEngine, type Engine, type EngineOptions } from './engine/engine.ts';
import { clockSecondsOf } from './engine/index.ts';
import { checkHealth } from './health.ts';
import type { App } from './http/app.ts';
import { buildApp } from './http/build-app.ts';
import { createPost } from './network/post.ts';
import { isPublicAddress } from './network/public-address.ts';
import {
  createInspectAsset,
  createRunTask,
  createStageChildren,
  exportWorkflow,
  type Machines,
  planExport,
  prepareJob,
  type StageChildren,
} from './pipeline/index.ts';
import { AuraError } from './protocol/index.ts';
import { speechProviders } from './speech/index.ts';
import type { Storage } from './storage/contract.ts';
import { createDiskStorage } from './storage/disk.ts';
import { createPreviews, type Previews } from './storage/previews.ts';
import {
  createEventHub,
  type Database,
  type EventHub,
  learnedFactors,
  openDatabase,
  readAsset,
} from './store/index.ts';
import { startStoreLimit } from './store-limit.ts';

export { forgetStart } from './forget-start.ts';

export interface ServerOptions {
  readonly config: Config;
  /** JSON lines on stdout, at the configured level, when absent. */
  readonly logger?: FastifyBaseLogger;
  /** Private addresses from which pictures and sounds may be fetched all the same. */
  readonly fetchableAddresses?: readonly string[];
  /** False: this process only takes orders, and workers elsewhere carry them out. */
  readonly works?: boolean;
}

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:5005`. */
  readonly url: string;
  /** Puts back what runs, to be taken up by the next start, and closes everything. */
  close(): Promise<void>;
}

export interface RunningWorker {
  close(): Promise<void>;
}

/**
 * Starts the whole system in this process: API, page, engine and, unless told otherwise, worker.
 *
 * @throws {AuraError} data_in_use, port_in_use, disk_full.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config } = options;
  await using opened = new AsyncDisposableStack();
  const parts = await openParts(options, options.works === false ? 'api' : 'both');
  opened.defer(parts.close);
  const hub = await createEventHub(parts.database, { onWarning: warningsTo(parts.logger) });
  opened.defer(() => hub.close());
  const app = buildServerApp(options, parts, hub);
  opened.defer(() => app.close());
  const url = await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
    throw isPortTaken(error) ? portInUse(config, error) : error;
  });
  await parts.engine.start();
  const { storeLimitBytes: limitBytes } = config;
  if (limitBytes !== undefined) opened.defer(startStoreLimit({ ...parts, limitBytes }));
  // Nothing failed: what was opened now lives until the server is closed, and is closed in the opposite order.
  const running = opened.move();
  return { url, close: () => running.disposeAsync() };
}

function buildServerApp({ config }: ServerOptions, parts: Parts, hub: EventHub): App {
  return buildApp({
    ...parts,
    version: packageVersion,
    hub,
    prepare: (request) => prepareJob(request, (assetId) => readAsset(parts.database, assetId)),
    planExport: (prepared) =>
      planExport(prepared, {
        storage: parts.storage,
        machines: machinesOf(config),
        runPlanChild: parts.children.plan,
        clockSeconds: async (tasks) =>
          clockSecondsOf(tasks, {
            factors: await learnedFactors(parts.database),
            places: placesOf(config),
          }),
      }),
    expectJob: parts.children.expect,
    inspectAsset: createInspectAsset(parts.logger),
    preview: (jobId) => parts.previews.read(jobId),
    voices: async () =>
      (await Promise.all(Object.values(speechProviders).map((open) => open().voices()))).flat(),
    health: () => checkHealth({ ...parts, version: packageVersion }),
    ...(existsSync(join(webRoot, 'index.html')) && { webRoot }),
    ...(config.streamWaitSeconds !== undefined && { streamWaitSeconds: config.streamWaitSeconds }),
    allowedHosts: isLoopback(config.host) ? [] : ['*'],
  });
}

/** Starts a worker only: it takes tasks from a shared PostgreSQL. @throws {AuraError} config_invalid without one. */
export async function startWorker(options: ServerOptions): Promise<RunningWorker> {
  if (options.config.databaseUrl === undefined) {
    throw new AuraError(
      'config_invalid',
      'DATABASE_URL is not set: a worker shares a PostgreSQL with the server.',
    );
  }
  await using opened = new AsyncDisposableStack();
  const parts = await openParts(options, 'worker');
  opened.defer(parts.close);
  await parts.engine.start();
  const running = opened.move();
  return { close: () => running.disposeAsync() };
}

interface Parts {
  readonly logger: FastifyBaseLogger;
  readonly database: Database;
  readonly storage: Storage;
  readonly previews: Previews;
  readonly engine: Engine;
  readonly children: StageChildren;
  close(): Promise<void>;
}

const webRoot = join(import.meta.dirname, 'web/dist');

const packageVersion: string = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
).version;

async function openParts(options: ServerOptions, role: EngineOptions['role']): Promise<Parts> {
  const { config, logger = pino({ level: config.logLevel }), fetchableAddresses = [] } = options;
  const data = resolve(config.dataDirectory);
  await createDataDirectory(data);
  await using opened = new AsyncDisposableStack();
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    directory: join(data, 'database'),
    onWarning: warningsTo(logger),
  });
  opened.defer(() => database.close());
  const storage = await createDiskStorage({ directory: join(data, 'store') });
  const previews = await createPreviews({ directory: join(data, 'previews') });
  await storage.clearWorkFolders();
  await previews.clearOld();
  const callable = [...fetchableAddresses, ...(config.webhookAddresses ?? [])];
  const allowAddress = (address: string) => isPublicAddress(address) || callable.includes(address);
  const children = createStageChildren(logger, { worksHere: role !== 'api' });
  opened.defer(() => children.close());
  const engine = createEngine({
    database,
    workflow: exportWorkflow,
    runTask: createRunTask({
      ...{ storage, fetchableAddresses },
      runChild: children.run,
      machines: machinesOf(config),
    }),
    concurrency: placesOf(config),
    logger,
    storageOfPreview: (jobId, jpeg) => keepPreview(previews, jobId, jpeg),
    files: {
      removeBlob: (key) => storage.remove(key),
      removePreview: (jobId) => previews.remove(jobId),
    },
    ...(config.maxQueued !== undefined && { maxQueued: config.maxQueued }),
    webhooks: { post: createPost(allowAddress) },
    role,
  });
  opened.defer(() => engine.stop());
  const running = opened.move();
  return { logger, database, storage, previews, engine, children, close: () => running.disposeAsync() };
}

function warningsTo(logger: FastifyBaseLogger): (message: string, error: unknown) => void {
  return (message, error) => logger.warn({ err: error }, message);
}

/** How many tasks of a stage run side by side here. */
function placesOf({ concurrency }: Config): Record<'narrate' | 'fetch' | 'render' | 'finish', number> {
  return { narrate: concurrency, fetch: 4, render: concurrency, finish: concurrency };
}

/** Who shares a PostgreSQL shares the work, and nobody says from where. */
function machinesOf({ databaseUrl }: Config): Machines {
  return databaseUrl === undefined ? 'one' : 'many';
}

async function createDataDirectory(directory: string): Promise<void> {
  try {
    // Creating many levels at once never ends where a file system refuses with ENOENT, as /proc does.
    if (existsSync(dirname(directory))) await mkdir(directory).catch(ignoreExisting);
    else await mkdir(directory, { recursive: true });
    // A trailing slash: a file of that name is refused as well.
    await access(`${directory}/`, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuraError('config_invalid', `AURA_DATA: the folder cannot be used: ${reason}.`, {
      cause: error,
    });
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** The address changes with the picture, so that no browser shows an old one. */
async function keepPreview(previews: Previews, jobId: string, jpeg: Uint8Array): Promise<string> {
  await previews.write(jobId, jpeg);
  const version = createHash('sha256').update(jpeg).digest('hex').slice(0, 12);
  return `/api/jobs/${jobId}/preview?v=${version}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function portInUse({ host, port }: Config, cause: unknown): AuraError {
  return new AuraError('port_in_use', `Port ${port} on ${host} is taken by another program.`, { cause });
}
