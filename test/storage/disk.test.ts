import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDiskStorage } from '../../src/storage/disk.ts';
import { cannotMount } from '../support/small-disk.ts';
import { storageConformance } from './conformance.ts';

const run = promisify(execFile);
const root = await mkdtemp(join(tmpdir(), 'aura-storage-'));
after(() => rm(root, { recursive: true, force: true }));
const freshDirectory = () => mkdtemp(join(root, 'store-'));

storageConformance('disk', async () => await createDiskStorage({ directory: await freshDirectory() }));

describe('a store on this disk', () => {
  it('finds what another instance stored, in folders by the first two characters', async () => {
    const directory = await freshDirectory();
    const first = await createDiskStorage({ directory });
    const stored = await first.putBytes('speech/0a1b.wav', Buffer.from('hello'));
    const second = await createDiskStorage({ directory });
    assert.deepEqual(await second.find('speech/0a1b.wav'), stored);
    assert.equal(await second.localPath('speech/0a1b.wav'), join(directory, 'blobs/speech/0a/0a1b.wav'));
  });

  it('takes a blob that lost its end for missing, and stores it again', async () => {
    const storage = await createDiskStorage({ directory: await freshDirectory() });
    await storage.putBytes('chunk/0a.mp4', Buffer.from('complete'));
    await truncate(await storage.localPath('chunk/0a.mp4'), 3);
    assert.equal(await storage.find('chunk/0a.mp4'), undefined);
    await assert.rejects(storage.readBytes('chunk/0a.mp4'));
    await storage.putBytes('chunk/0a.mp4', Buffer.from('complete'));
    assert.equal(Buffer.from(await storage.readBytes('chunk/0a.mp4')).toString(), 'complete');
  });

  it('takes a blob whose sidecar cannot be read for missing, and stores it again', async () => {
    const storage = await createDiskStorage({ directory: await freshDirectory() });
    await storage.putBytes('a/0', Buffer.from('complete'));
    await writeFile(`${await storage.localPath('a/0')}.meta.json`, '');
    assert.equal(await storage.find('a/0'), undefined);
    assert.equal((await storage.putBytes('a/0', Buffer.from('new'))).sizeBytes, 3);
  });

  it('describes a blob again when its writer was killed before the sidecar', async () => {
    const storage = await createDiskStorage({ directory: await freshDirectory() });
    const stored = await storage.putBytes('a/0', Buffer.from('complete'));
    await rm(`${await storage.localPath('a/0')}.meta.json`);
    assert.deepEqual(await storage.find('a/0'), stored);
    assert.ok(existsSync(`${await storage.localPath('a/0')}.meta.json`));
  });

  it('leaves nothing but blobs and their sidecars behind', async () => {
    const directory = await freshDirectory();
    const storage = await createDiskStorage({ directory });
    await Promise.all([1, 2, 3].map((text) => storage.putBytes('a/00', Buffer.from(`${text}`))));
    assert.deepEqual((await readdir(join(directory, 'blobs/a/00'))).sort(), ['00', '00.meta.json']);
    const [session = ''] = await readdir(join(directory, 'work'));
    assert.deepEqual(await readdir(join(directory, 'work', session)), []);
  });

  const otherDisk = '/dev/shm';
  it('takes a file from another disk', { skip: isSameDisk(otherDisk) }, async () => {
    const storage = await createDiskStorage({ directory: await freshDirectory() });
    const folder = await mkdtemp(join(otherDisk, 'aura-storage-'));
    try {
      await writeFile(join(folder, 'file'), 'far away');
      assert.equal((await storage.putFile('a/0', join(folder, 'file'))).sizeBytes, 8);
      assert.equal(Buffer.from(await storage.readBytes('a/0')).toString(), 'far away');
      assert.deepEqual(await readdir(folder), []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('clears the work folders of killed processes and very old ones', async () => {
    const directory = await freshDirectory();
    const storage = await createDiskStorage({ directory });
    const ours = await storage.createWorkFolder('ours');
    const killed = await workFolderOfKilledProcess(directory);
    const old = join(directory, 'work', 'elsewhere.1.1', 'render-abc');
    const recent = join(directory, 'work', 'elsewhere.2.2', 'render-abc');
    await mkdir(old, { recursive: true });
    await mkdir(recent, { recursive: true });
    await utimes(dirname(old), new Date(0), new Date(0));
    assert.ok(existsSync(killed));

    await storage.clearWorkFolders();

    assert.deepEqual([ours, killed, old, recent].map(existsSync), [true, false, false, true]);
  });

  it('holds only whole blobs after kill -9 in the middle of storing', async () => {
    const directory = await freshDirectory();
    await killWhileStoring(directory);
    const storage = await createDiskStorage({ directory });
    const names = (await readdir(join(directory, 'blobs/a/00'))).filter((name) => !name.endsWith('.json'));
    assert.ok(names.length >= 5);
    for (const name of names) {
      const key = `a/${name}`;
      const bytes = await storage.readBytes(key);
      assert.deepEqual(bytes, Buffer.alloc(blobBytes, name));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      assert.deepEqual(await storage.find(key), { key, sizeBytes: blobBytes, sha256 });
    }
    await storage.clearWorkFolders();
    assert.deepEqual(await readdir(join(directory, 'work')), [], 'the unfinished blob is gone');
  });

  it('says how much was needed and where when the disk is full', { skip: cannotMount() }, async () => {
    const mountPoint = await freshDirectory();
    const script = fileURLToPath(new URL('fill-disk.ts', import.meta.url));
    const command = 'mount -t tmpfs -o size=1m none "$0" && exec "$1" "$2" "$0" "$3"';
    const parameters = [mountPoint, process.execPath, script, await freshDirectory()];
    const { stdout } = await run('unshare', ['-Urm', 'sh', '-c', command, ...parameters]);
    const { failures, found, small, freeBytes } = JSON.parse(stdout);
    for (const failure of failures) {
      assert.equal(failure.code, 'disk_full');
      assert.match(failure.detail, /Storing a\/big takes 4000000 bytes, but only \d+ bytes are free in /);
      assert.ok(failure.detail.includes(mountPoint));
    }
    assert.equal(failures.length, 2);
    assert.equal(found, undefined);
    assert.equal(small.sizeBytes, 5);
    assert.ok(freeBytes > 500_000 && freeBytes <= 1_048_576, 'the unfinished file was removed');
  });
});

/** Why a folder is no other disk than that of the tests; false where it is one. */
function isSameDisk(folder: string): string | false {
  if (!existsSync(folder)) return `there is no ${folder} on this machine`;
  return statSync(folder).dev === statSync(root).dev && `${folder} is on the disk of the tests`;
}

async function workFolderOfKilledProcess(directory: string): Promise<string> {
  const child = startStore(directory, `process.stdout.write(await storage.createWorkFolder('killed'));`);
  const [folder] = await once(child.stdout, 'data');
  await kill(child);
  return String(folder);
}

const blobBytes = 500_000;

async function killWhileStoring(directory: string): Promise<void> {
  const child = startStore(
    directory,
    `for (let index = 0; ; index += 1) {
       const name = '00' + index;
       await storage.putBytes('a/' + name, Buffer.alloc(${blobBytes}, name));
       process.stdout.write('.');
     }`,
  );
  let stored = 0;
  for await (const dots of child.stdout) {
    stored += dots.length;
    if (stored >= 5) break;
  }
  await kill(child);
}

/** A process that stores until it is killed. */
function startStore(directory: string, work: string) {
  const module = new URL('../../src/storage/disk.ts', import.meta.url).href;
  const code = `
    const { createDiskStorage } = await import(${JSON.stringify(module)});
    const storage = await createDiskStorage({ directory: ${JSON.stringify(directory)} });
    setInterval(() => {}, 1000);
    ${work}`;
  const parameters = ['--input-type=module', '-e', code];
  return spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(child: ReturnType<typeof startStore>): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
