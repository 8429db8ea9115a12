import { AuraClient } from '../../src/sdk/index.ts';
import { startServer } from '../../src/server.ts';
import { cpuSeconds } from '../process-tree.ts';
import { referenceComposition } from '../reference-compositions.ts';
import { serveParent } from './peer.ts';

interface ExportRequest {
  readonly id: string;
  /** About how long the video is. */
  readonly seconds: number;
}

export interface ExportCost {
  readonly wallSeconds: number;
  /** Of the server and the children that drew. */
  readonly cpuSeconds: number;
}

/** A whole system: API, engine and children. */
function createExportServer() {
  let client: AuraClient | undefined;
  let stop = async () => {};
  return {
    async start(dataDirectory: string): Promise<number> {
      const config = {
        dataDirectory,
        host: '127.0.0.1',
        port: 0,
        logLevel: 'error',
        concurrency: 2,
      } as const;
      const server = await startServer({ config });
      client = new AuraClient({ baseUrl: server.url });
      stop = server.close;
      return Number(new URL(server.url).port);
    },
    async export({ id, seconds }: ExportRequest): Promise<ExportCost> {
      if (client === undefined) throw new Error('start first');
      const { composition } = referenceComposition('b', { seconds, video });
      const began = { wall: performance.now(), cpu: cpuSeconds() };
      const job = await client.export({ id, composition });
      await job.result();
      return {
        wallSeconds: (performance.now() - began.wall) / 1000,
        cpuSeconds: cpuSeconds() - began.cpu,
      };
    },
    stop: () => stop(),
  };
}

export type ExportOffer = ReturnType<typeof createExportServer>;

const video = { width: 1280, height: 720, fps: 30 } as const;

serveParent(createExportServer());
