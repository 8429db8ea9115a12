import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readPlanFile } from '../src/pipeline/plan-file.ts';
import type { EncodingSpeed } from '../src/protocol/output.ts';
import type { AuraClient } from '../src/sdk/index.ts';
import { cpuSeconds, watchMemory } from './process-tree.ts';
import type { Reference } from './reference-compositions.ts';
import { startServerProcess } from './server-process.ts';

export interface ExportRequest {
  readonly reference: Reference;
  readonly speed: EncodingSpeed;
  readonly chunksInFlight: number;
  /** New: the store is cold. */
  readonly dataDirectory: string;
}

export interface ExportCost extends Pick<ExportRequest, 'speed' | 'chunksInFlight'> {
  readonly frameCount: number;
  readonly fps: number;
  readonly wallSeconds: number;
  /** Of all processes. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** All that the store holds afterwards. */
  readonly storedBytes: number;
}

/** Exports once through a real server, in a process of its own: from POST to the verified file. */
export async function exportOnce(request: ExportRequest): Promise<ExportCost> {
  const { reference, speed, chunksInFlight, dataDirectory } = request;
  await mkdir(dataDirectory, { recursive: true });
  const files = await reference.files(dataDirectory);
  await using server = await startServerProcess({ dataDirectory, concurrency: chunksInFlight });
  const { client, pid, url } = server;
  await openPage(url);
  const assets = await upload(client, files);
  const memory = watchMemory(pid);
  const began = { wall: performance.now(), cpu: cpuSeconds(pid) };
  const handle = await client.export({ composition: reference.composition, assets, output: { speed } });
  await handle.result();
  const wallSeconds = (performance.now() - began.wall) / 1000;
  const used = { cpuSeconds: cpuSeconds(pid) - began.cpu, ...memory.stop() };
  const { frameCount, fps } = (await readPlanFile(await planPathIn(dataDirectory))).timeline;
  const storedBytes = await sizeOf(join(dataDirectory, 'store'));
  return { speed, chunksInFlight, frameCount, fps, wallSeconds, ...used, storedBytes };
}

/** As somebody would, who then takes a while to order a video: the server uses it. */
async function openPage(url: string): Promise<void> {
  await (await fetch(url, { headers: { accept: 'text/html' } })).arrayBuffer();
  await setTimeout(5_000);
}

async function upload(
  client: AuraClient,
  files: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const named = Object.entries(files).map(async ([name, file]) => ({
    name,
    data: new Blob([await readFile(file)]),
  }));
  const assets = await client.upload(await Promise.all(named));
  return Object.fromEntries(assets.map(({ id }, index) => [Object.keys(files)[index] ?? '', id]));
}

/** Where the only plan in the store lies. */
export async function planPathIn(dataDirectory: string): Promise<string> {
  const folder = join(dataDirectory, 'store/blobs/plan');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const plan = entries.find(({ name }) => /^[0-9a-f]+\.json$/u.test(name));
  return join(plan?.parentPath ?? '', plan?.name ?? '');
}

async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
