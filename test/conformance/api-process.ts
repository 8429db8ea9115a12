import { join } from 'node:path';
import { pino } from 'pino';
import { createEngine } from '../../src/engine/engine.ts';
import { buildApp } from '../../src/http/build-app.ts';
import { createStageChildren, exportWorkflow, planExport, prepareJob } from '../../src/pipeline/index.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';
import { createEventHub, openDatabase, readAsset } from '../../src/store/index.ts';

/** A process that answers requests and never works: `node api-process.ts <database url> <data directory>`. */
const [databaseUrl = '', dataDirectory = ''] = process.argv.slice(2);
const logger = pino({ level: 'error' }, pino.destination(2));
const database = await openDatabase({ databaseUrl, directory: join(dataDirectory, 'database') });
const hub = await createEventHub(database);
const storage = await createDiskStorage({ directory: join(dataDirectory, 'store') });
const engine = createEngine({
  database,
  logger,
  workflow: exportWorkflow,
  runTask: () => Promise.reject(new Error('this process does not work')),
  concurrency: {},
  storageOfPreview: () => Promise.reject(new Error('this process does not work')),
  files: { removeBlob: async () => {}, removePreview: async () => {} },
  role: 'api',
});
await engine.start();
const children = createStageChildren(logger);
const app = buildApp({
  ...{ version: '1.2.3', logger, database, hub, engine, storage },
  prepare: (request) => prepareJob(request, (id) => readAsset(database, id)),
  planExport: (prepared) =>
    planExport(prepared, {
      storage,
      machines: 'one',
      runPlanChild: children.plan,
      clockSeconds: async () => 0,
    }),
  inspectAsset: () => Promise.reject(new Error('nothing is uploaded here')),
  preview: async () => undefined,
  voices: async () => [],
  health: async () => ({ status: 'ok', version: '1.2.3', database: 'postgresql', checks: {} }),
});
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
