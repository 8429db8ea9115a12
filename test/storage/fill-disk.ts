/** Run by disk.test.ts on a disk of 1 MB, given as the first argument: prints the failures of storing 4 MB. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toFailure } from '../../src/protocol/index.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';

const [directory = '', otherDisk = ''] = process.argv.slice(2);
const storage = await createDiskStorage({ directory });
await storage.putBytes('a/small', Buffer.from('small'));
const big = new Uint8Array(4_000_000);
const file = join(otherDisk, 'big');
await writeFile(file, big);

const failures = [
  await storage.putBytes('a/big', big).catch(toFailureOf),
  await storage.putFile('a/big', file).catch(toFailureOf),
];
const found = await storage.find('a/big');
const small = await storage.find('a/small');
console.log(JSON.stringify({ failures, found, small, freeBytes: await storage.freeBytes() }));

function toFailureOf(error: unknown) {
  return toFailure(error);
}
