import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { PlanFile } from '../../src/pipeline/plan-file.ts';
import type { Job } from '../../src/protocol/index.ts';
import type { TestAura } from '../support/aura.ts';

/** A finished export with its files saved, and the plan it was made by. */
export interface Exported {
  readonly job: Job;
  /** Local path of one of its artifacts. */
  file(name: string): string;
  readonly plan: PlanFile;
}

/** Exports a script whose pictures are `red.png` and `blue.png`, small, and downloads all there is. */
export async function exportScript(aura: TestAura, script: string): Promise<Exported> {
  const names = ['red.png', 'blue.png'] as const;
  const files = names.map((name) => ({ name, data: new Blob([drawPicture(name)]) }));
  const uploaded = await aura.client.upload(files);
  const assets = Object.fromEntries(uploaded.map(({ id }, index) => [names[index] ?? '', id]));
  const plansBefore = await planFiles(aura);
  const output = { width: 640, height: 360, fps: 30 } as const;
  const handle = await aura.client.export({ script, assets, output });
  const job = await handle.result();
  const file = (name: string): string => join(aura.dataDirectory, `${job.id}-${name}`);
  for (const { name } of job.artifacts) {
    await writeFile(
      file(name),
      new Uint8Array(await new Response(await handle.download(name)).arrayBuffer()),
    );
  }
  const [planPath = ''] = (await planFiles(aura)).filter((path) => !plansBefore.includes(path));
  return { job, file, plan: JSON.parse(await readFile(planPath, 'utf8')) };
}

async function planFiles({ dataDirectory }: TestAura): Promise<string[]> {
  return (await blobFiles(dataDirectory)).filter((file) => /\/plan\/.*[0-9a-f]\.json$/.test(file));
}

/** All stored blobs, by path. */
export async function blobFiles(dataDirectory: string): Promise<string[]> {
  const root = join(dataDirectory, 'store/blobs');
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.meta.json'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** One colour with a white dot, whose place tells how the picture moves. */
function drawPicture(name: 'red.png' | 'blue.png'): Buffer {
  const canvas = createCanvas(960, 540);
  const context = canvas.getContext('2d');
  context.fillStyle = name === 'red.png' ? '#a01818' : '#1830a0';
  context.fillRect(0, 0, 960, 540);
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(700, 300, 12, 0, Math.PI * 2);
  context.fill();
  return canvas.toBuffer('image/png');
}
