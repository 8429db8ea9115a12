import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { clockSecondsOf, type RunTask, type Workflow } from '../../src/engine/index.ts';
import type { App } from '../../src/http/app.ts';
import { buildApp } from '../../src/http/build-app.ts';
import type { HttpDependencies } from '../../src/http/dependencies.ts';
import { createInspectAsset, createStageChildren, planExport, prepareJob } from '../../src/pipeline/index.ts';
import type { Artifact, Json } from '../../src/protocol/index.ts';
import { artifactKey } from '../../src/storage/artifact-key.ts';
import type { Storage } from '../../src/storage/contract.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';
import {
  createEventHub,
  type Database,
  type EventHub,
  openDatabase,
  readAsset,
} from '../../src/store/index.ts';

export interface TestServer extends AsyncDisposable {
  readonly app: App;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly database: Database;
  readonly storage: Storage;
  readonly engine: Engine;
  /** Everything that was logged, parsed. */
  readonly logLines: readonly Record<string, unknown>[];
  /** Subscriptions to the hub that have not been ended, and clients that wait for a job. */
  subscriptionCount(): number;
}

interface Setup extends Partial<HttpDependencies> {
  /** Does the jobs' one task; by default it writes a video of a few known bytes. */
  readonly runTask?: (files: TinyFiles) => RunTask;
  readonly maxQueued?: number;
}

/** What the tiny workflow's task makes a file with. */
export interface TinyFiles {
  put(artifact: {
    readonly name: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }): Promise<Artifact>;
}

/** The real API over a real database, hub, store and engine in a folder of its own; only the export is a tiny one. */
export async function openServer({
  runTask = writeVideo,
  maxQueued,
  ...changes
}: Setup = {}): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'aura-http-'));
  const database = await openDatabase({ directory });
  const hub = await createEventHub(database);
  const storage = await createDiskStorage({ directory });
  const logLines: Record<string, unknown>[] = [];
  const logger = fastify({
    logger: { level: 'debug', stream: { write: (line: string) => logLines.push(JSON.parse(line)) } },
  }).log;
  const previews = new Map<string, Uint8Array>();
  const engine = createEngine({
    database,
    workflow: tinyWorkflow,
    runTask: runTask(tinyFiles(storage)),
    concurrency: {},
    logger,
    role: 'both',
    files: {
      removeBlob: (key) => storage.remove(key),
      removePreview: async (jobId) => void previews.delete(jobId),
    },
    ...(maxQueued !== undefined && { maxQueued }),
    async storageOfPreview(jobId, jpeg) {
      previews.set(jobId, jpeg);
      return `/api/jobs/${jobId}/preview?frame=${previews.size}`;
    },
  });
  await engine.start();
  const children = createStageChildren(logger);
  const counting = countSubscriptions(hub);
  const app = buildApp({
    version: '1.2.3',
    database,
    hub: counting.hub,
    engine,
    storage,
    logger,
    prepare: (request) => prepareJob(request, (id) => readAsset(database, id)),
    planExport: (prepared) =>
      planExport(prepared, {
        storage,
        machines: 'one',
        runPlanChild: children.plan,
        clockSeconds: async (tasks) => clockSecondsOf(tasks, { factors: {}, places: { render: 2 } }),
      }),
    inspectAsset: createInspectAsset(logger),
    preview: async (jobId) => previews.get(jobId),
    voices: async () => [{ provider: 'espeak', name: 'en', label: 'English', language: 'en' }],
    health: async () => ({ status: 'ok', version: '1.2.3', database: 'pglite', checks: {} }),
    streamWaitSeconds: 5,
    heartbeatSeconds: 10,
    ...changes,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    app,
    url,
    port: Number(new URL(url).port),
    database,
    storage,
    engine,
    logLines,
    subscriptionCount: counting.count,
    async [Symbol.asyncDispose]() {
      await app.close();
      await children.close();
      await engine.stop();
      await hub.close();
      await database.close();
      await rm(directory, { recursive: true });
    },
  };
}

export const videoBytes = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251));

function writeVideo(files: TinyFiles): RunTask {
  return async () => ({
    cached: false,
    output: [asJson(await files.put({ name: 'video.mp4', contentType: 'video/mp4', bytes: videoBytes }))],
  });
}

/** One task; the artifacts are what it returns. */
const tinyWorkflow: Workflow = {
  advance(_job, [task]) {
    if (task?.state === 'done') return { kind: 'complete', artifacts: task.output as unknown as Artifact[] };
    const spec = { name: 'finish', stage: 'finish', label: 'Writing', workSeconds: 1, input: null } as const;
    return { kind: 'continue', tasks: [spec], unplanned: {} };
  },
};

function tinyFiles(storage: Storage): TinyFiles {
  return {
    async put({ name, contentType, bytes }) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await storage.putBytes(artifactKey({ name, sha256 }), bytes);
      return { name, url: `/unused/${name}`, contentType, sizeBytes: bytes.byteLength, sha256 };
    },
  };
}

export function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}

/** The real hub, what uses it counted on the way. */
function countSubscriptions(hub: EventHub): { readonly hub: EventHub; count(): number } {
  const open = new Set<object>();
  return {
    count: () => open.size,
    hub: {
      ...hub,
      subscribe(jobId, listener) {
        open.add(listener);
        const end = hub.subscribe(jobId, listener);
        return () => {
          open.delete(listener);
          end();
        };
      },
      async waitForJob(jobId, options) {
        open.add(options);
        return hub.waitForJob(jobId, options).finally(() => open.delete(options));
      },
    },
  };
}

/** A script the real parser takes. */
export const script = '# Hello\n\nThis is spoken.\n';

/** The pieces of a request that posts JSON. */
export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
