import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { cannotMount } from '../support/small-disk.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const skip = cannotMount();
/** What is spoken fits onto the small disk, and the sound that is mixed from it does not. */
const script = [
  '# Tides\n\nThe sea comes in twice a day, and twice a day it goes away again.\n',
  '## Why\n\nThe moon pulls at the water on the side where it is, and the earth turns below.\n',
].join('\n');

/** Runs the server with a store on a disk of 1 MB, which grows when the shell is sent SIGUSR1. */
const onSmallDisk = `
mount -t tmpfs -o size=1m none "$0" || exit 1
"$@" &
trap 'mount -o remount,size=300m "$0"' USR1
trap 'kill $!' TERM
while kill -0 $! 2>/dev/null; do wait $!; done
`;

test(
  'a full disk fails the job and says so; with room again a retry finishes it',
  {
    skip,
  },
  () =>
    withSmallDisk(async (server) => {
      const job = await server.client.export({ script, output: { width: 640, height: 360 } });
      await assert.rejects(job.result(), { code: 'disk_full' });
      const failed = await job.refresh();
      assert.equal(failed.status, 'failed');
      assert.match(failed.error?.action ?? '', /Free some space/);
      assert.equal((await server.client.health()).status, 'unhealthy');

      server.signal('SIGUSR1');
      await job.retry();
      const done = await job.result();
      assert.equal(done.attempt, 2);
      assert.ok(
        (done.stages.find(({ name }) => name === 'narrate')?.cached ?? 0) > 0,
        'what was stored is still whole',
      );
    }),
);

test(
  'a video for which there is no room is refused before anything is drawn',
  {
    skip,
  },
  () =>
    withSmallDisk(async (server) => {
      const long = '# Tides\n\nThe sea.\n\n<!-- duration: 600s -->\n';
      const request = { script: long, output: { width: 3840, height: 2160 } };
      const { storageBytes } = await server.client.plan(request);
      assert.ok(storageBytes > 500e6, `${storageBytes}`);
      const job = await server.client.export(request);
      await assert.rejects(job.result(), {
        code: 'disk_full',
        message: /^The video needs at least \d{3} MB, and only 1 MB are free\.$/,
      });
      const { stages } = await job.refresh();
      const planned = stages.map(({ name, status, total }) => [name, status, total]);
      assert.deepEqual(planned.slice(2), [
        ['plan', 'pending', 1],
        ['render', 'pending', 0],
        ['mix', 'pending', 0],
        ['finish', 'pending', 0],
      ]);
    }),
);

async function withSmallDisk(run: (server: ServerProcess) => Promise<void>): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-disk-'));
  const store = join(dataDirectory, 'store');
  await mkdir(store);
  const server = await startServerProcess({
    dataDirectory,
    launch: (command) => ['unshare', '-Urm', 'sh', '-c', onSmallDisk, store, ...command],
  });
  try {
    await run(server);
  } finally {
    await server.kill('SIGTERM');
    await rm(dataDirectory, { recursive: true, force: true });
  }
}
