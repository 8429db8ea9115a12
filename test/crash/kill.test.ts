import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { type Job, type JobEvent, reduceJob, type StageName, stageNames } from '../../src/protocol/index.ts';
import { type PictureServer, startPictureServer } from './picture-server.ts';
import { readLog } from './read-log.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const output = { width: 320, height: 180, fps: 30 } as const;
let root = '';
let pictures: PictureServer;
let undisturbed: Job;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'aura-crash-'));
  pictures = await startPictureServer();
  const server = await startServerProcess({ dataDirectory: join(root, 'undisturbed') });
  const job = await server.client.export({ script: script(), output });
  undisturbed = await job.result();
  await server.kill('SIGTERM');
});

after(async () => {
  await pictures.close();
  await rm(root, { recursive: true, force: true });
});

for (const stage of stageNames) {
  test(`kill -9 in the stage ${stage}: the next start finishes the same file`, async () => {
    await disturb(stage, 'SIGKILL');
  });
}

test('SIGTERM while drawing: the next start finishes the same file', async () => {
  await disturb('render', 'SIGTERM');
});

async function disturb(stage: StageName, signal: NodeJS.Signals): Promise<void> {
  const dataDirectory = join(root, `${stage}-${signal}`);
  const first = await startServerProcess({ dataDirectory });
  if (stage === 'fetch') pictures.hold();
  const id = randomUUID();
  await first.client.export({ id, script: script(), output });
  const seen = await untilRunning(first, id, stage);
  await first.kill(signal);
  pictures.release();
  const stored = await filesOf(join(dataDirectory, 'store/blobs'));

  const second = await startServerProcess({ dataDirectory });
  try {
    const job = await second.client.job(id).result();
    assert.deepEqual(
      job.artifacts.map(contentOf),
      undisturbed.artifacts.map(contentOf),
      'byte-identical files',
    );
    checkLog(await readLog(second.url, id), job, seen.seq);
    const now = await filesOf(join(dataDirectory, 'store/blobs'));
    for (const [file, modified] of stored) assert.equal(now.get(file), modified, `${file} was made again`);
  } finally {
    await second.kill('SIGTERM');
  }
}

/** Watches until the stage runs and is not done. */
async function untilRunning(server: ServerProcess, id: string, name: StageName): Promise<Job> {
  for await (const job of server.client.job(id).watch()) {
    const stage = job.stages.find((candidate) => candidate.name === name);
    if (stage?.status === 'running' && stage.done < stage.total) return job;
    assert.notEqual(stage?.status, 'done', `${name} was over before it was seen`);
  }
  throw new Error(`${name} was never seen`);
}

function checkLog(events: readonly JobEvent[], job: Job, seqAtKill: number): void {
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
    'the log has no gap',
  );
  const folded = events.reduce<Job | undefined>(reduceJob, undefined);
  assert.deepEqual(folded, job);
  assert.equal(events.filter(({ kind }) => kind === 'completed').length, 1);
  assert.equal(events.filter(({ kind }) => kind === 'started').length, 1);
  assert.ok(job.seq > seqAtKill, 'the job went on after the kill');
}

const contentOf = ({ name, sizeBytes, sha256 }: Job['artifacts'][number]) => ({ name, sizeBytes, sha256 });

/** Times of last change, by file. */
async function filesOf(folder: string): Promise<Map<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, (await stat(file)).mtimeMs] as const)));
}

function script(): string {
  return `# Tides

The sea comes in twice a day.

## Why it moves

![The moon](${pictures.url}/moon.png)

The moon pulls at the water, and the water follows.

- It rises for six hours
- Then it falls again

## The end

That is all there is to it.
`;
}
