import { join } from 'node:path';
import { pino } from 'pino';
import { keepYoungGenerationSmall } from '../../src/cli/young-generation.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { buildApp } from '../../src/http/build-app.ts';
import { exportWorkflow } from '../../src/pipeline/index.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';
import { createEventHub, openDatabase } from '../../src/store/index.ts';
import { createLogWriter, type Place } from './log-writer.ts';
import { serveParent } from './peer.ts';
import { createSelfReport } from './usage.ts';

/** One API process as `aura serve` has it, without what works: jobs are written by the benchmark. */
function createApiServer() {
  let writer: ReturnType<typeof createLogWriter> | undefined;
  const opened = () => {
    if (writer === undefined) throw new Error('listen first');
    return writer;
  };
  return {
    ...createSelfReport(),
    async listen(place: Place): Promise<number> {
      const database = await openDatabase(place);
      writer = createLogWriter(database);
      // As in production: lines are made and written, here to nowhere.
      const logger = pino({ level: 'info' }, pino.destination({ dest: '/dev/null', sync: true }));
      const hub = await createEventHub(database);
      const storage = await createDiskStorage({ directory: join(place.directory, 'store') });
      const nobodyWorks = () => Promise.reject(new Error('this process does not work'));
      const engine = createEngine({
        ...{ database, logger, workflow: exportWorkflow, concurrency: {}, role: 'api' },
        runTask: nobodyWorks,
        storageOfPreview: nobodyWorks,
        files: { removeBlob: async () => {}, removePreview: async () => {} },
      });
      const app = buildApp({
        ...{ version: '1.2.3', logger, database, hub, engine, storage },
        prepare: nobodyWorks,
        planExport: nobodyWorks,
        inspectAsset: nobodyWorks,
        preview: async () => undefined,
        voices: async () => [],
        health: async () => ({ status: 'ok', version: '1.2.3', database: database.kind, checks: {} }),
      });
      return Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
    },
    createJobs: (count: number) => opened().createJobs(count),
    append: (jobId: string) => opened().append(jobId),
  };
}

export type ApiOffer = ReturnType<typeof createApiServer>;

keepYoungGenerationSmall();
serveParent(createApiServer());
