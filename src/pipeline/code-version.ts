import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const sourceRoot = join(import.meta.dirname, '..');
const memo = new Map<string, string>();

/**
 * A hash over the source files of the named folders and over the exact versions of the packages that draw and encode.
 * It is part of every stored result's key, so new code never serves pictures or sound that old code made, and nobody
 * has to remember to raise a number.
 */
export function codeVersion(folders: readonly string[]): string {
  const name = folders.join('+');
  const known = memo.get(name);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(JSON.stringify(packageVersions()));
  for (const file of folders.flatMap(sourceFiles))
    hash.update(file).update(readFileSync(join(sourceRoot, file)));
  const version = hash.digest('hex').slice(0, 16);
  memo.set(name, version);
  return version;
}

const packageFileSchema = z.object({ dependencies: z.record(z.string(), z.string()) });

function packageVersions(): Record<string, string> {
  return packageFileSchema.parse(JSON.parse(readFileSync(join(sourceRoot, '../package.json'), 'utf8')))
    .dependencies;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(sourceRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name).slice(sourceRoot.length + 1))
    .sort();
}
