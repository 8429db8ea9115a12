import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Storage } from '../../src/storage/contract.ts';

const hello = new TextEncoder().encode('hello');
const helloHash = createHash('sha256').update(hello).digest('hex');

/** What every store has to do, whatever it writes to. `create` gives a fresh, empty one. */
export function storageConformance(name: string, create: () => Promise<Storage>): void {
  describe(`storage: ${name}`, () => {
    it('finds nothing where nothing was put', async () => {
      const storage = await create();
      assert.equal(await storage.find('speech/0a.wav'), undefined);
      await assert.rejects(storage.localPath('speech/0a.wav'), { name: 'AuraError' });
      await assert.rejects(storage.readBytes('speech/0a.wav'), { name: 'AuraError' });
      await storage.remove('speech/0a.wav');
    });

    it('gives back the bytes, their size and their hash', async () => {
      const storage = await create();
      const stored = await storage.putBytes('speech/0a.wav', hello);
      assert.deepEqual(stored, { key: 'speech/0a.wav', sizeBytes: 5, sha256: helloHash });
      assert.deepEqual(await storage.find('speech/0a.wav'), stored);
      assert.deepEqual(Buffer.from(await storage.readBytes('speech/0a.wav')), Buffer.from(hello));
      assert.deepEqual(await readFile(await storage.localPath('speech/0a.wav')), Buffer.from(hello));
    });

    it('keeps keys apart that differ in kind, ending or the name of a sidecar', async () => {
      const storage = await create();
      const keys = ['a/0a', 'b/0a', 'a/0a.wav', 'a/0a.json', 'a/0a-meta.json', 'a/0'];
      for (const key of keys) await storage.putBytes(key, Buffer.from(key));
      for (const key of keys) assert.equal(Buffer.from(await storage.readBytes(key)).toString(), key);
    });

    it('stores an empty blob', async () => {
      const storage = await create();
      assert.equal((await storage.putBytes('a/0', new Uint8Array())).sizeBytes, 0);
      assert.equal((await storage.find('a/0'))?.sizeBytes, 0);
    });

    it('takes a file, which is gone from where it was', async () => {
      const storage = await create();
      const file = join(await storage.createWorkFolder('render'), 'part.mp4');
      await writeFile(file, hello);
      assert.equal((await storage.putFile('chunk/0b.mp4', file)).sha256, helloHash);
      assert.equal(existsSync(file), false);
    });

    it('keeps the first of two blobs put under one key', async () => {
      const storage = await create();
      const first = await storage.putBytes('a/0', hello);
      assert.deepEqual(await storage.putBytes('a/0', Buffer.from('other')), first);
      const file = join(await storage.createWorkFolder('late'), 'file');
      await writeFile(file, 'a third');
      assert.deepEqual(await storage.putFile('a/0', file), first);
      assert.equal(existsSync(file), false);
      assert.equal(Buffer.from(await storage.readBytes('a/0')).toString(), 'hello');
    });

    it('gives everybody who puts one key at once the same blob', async () => {
      const storage = await create();
      const puts = Array.from({ length: 12 }, (_, index) =>
        storage.putBytes('a/race', Buffer.from(`writer ${index}`)),
      );
      const results = await Promise.all(puts);
      for (const result of results) assert.deepEqual(result, results[0]);
      const bytes = await storage.readBytes('a/race');
      assert.equal(createHash('sha256').update(bytes).digest('hex'), results[0]?.sha256);
    });

    it('forgets what is removed and takes the key again', async () => {
      const storage = await create();
      await storage.putBytes('a/0', hello);
      await storage.remove('a/0');
      assert.equal(await storage.find('a/0'), undefined);
      assert.equal((await storage.putBytes('a/0', Buffer.from('again'))).sizeBytes, 5);
      assert.equal(Buffer.from(await storage.readBytes('a/0')).toString(), 'again');
    });

    it('refuses every key that is not <kind>/<name>.<ending>', async () => {
      const storage = await create();
      const long = `a/${'0'.repeat(300)}`;
      for (const key of ['', 'a', 'a/', '/a/b', 'a/../b', '../a/b', 'a/b/c', 'a/b.', 'a/.b', 'a/b.c.d']) {
        await assert.rejects(storage.find(key), RangeError, key);
        await assert.rejects(storage.putBytes(key, hello), RangeError, key);
      }
      for (const key of ['A/b', 'a/B', 'a/b\0', 'a/b\n', 'a\\b', 'a/-b', 'a/b c', 'a/é', 'work/..', long]) {
        await assert.rejects(storage.putBytes(key, hello), RangeError, key);
        await assert.rejects(storage.remove(key), RangeError, key);
      }
    });

    it('makes a fresh folder for each attempt and removes only such folders', async () => {
      const storage = await create();
      const first = await storage.createWorkFolder('render-0001');
      const second = await storage.createWorkFolder('render-0001');
      assert.notEqual(first, second);
      assert.deepEqual(await readdir(first), []);
      await writeFile(join(first, 'frame'), 'x');
      await storage.removeWorkFolder(first);
      await storage.removeWorkFolder(first);
      assert.equal(existsSync(first), false);
      assert.ok((await stat(second)).isDirectory());
      await assert.rejects(storage.removeWorkFolder('/'), RangeError);
      await assert.rejects(storage.removeWorkFolder(join(second, '..', '..')), RangeError);
    });

    it('does not let the name of a work folder lead elsewhere', async () => {
      const storage = await create();
      const plain = await storage.createWorkFolder('plain');
      const folder = await storage.createWorkFolder('../../../escape');
      assert.equal(join(folder, '..'), join(plain, '..'));
    });

    it('leaves the work folders of a living process alone when clearing', async () => {
      const storage = await create();
      const folder = await storage.createWorkFolder('mine');
      await storage.clearWorkFolders();
      assert.ok(existsSync(folder));
    });

    it('knows how many bytes are stored', async () => {
      const storage = await create();
      assert.equal(await storage.storedBytes(), 0);
      await storage.putBytes('a/0a', Buffer.alloc(100_000));
      await storage.putBytes('b/0b.json', Buffer.alloc(50_000));
      const storedBytes = await storage.storedBytes();
      assert.ok(storedBytes >= 150_000 && storedBytes < 151_000, `${storedBytes}`);
      await storage.remove('a/0a');
      assert.ok((await storage.storedBytes()) < 51_000);
    });

    it('knows how many bytes are free', async () => {
      const storage = await create();
      assert.ok((await storage.freeBytes()) > 0);
    });
  });
}
