import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const webFolder = path.join(root, 'src/web');

/** Where the built page is, for the server to serve. */
export const webDistFolder = path.join(webFolder, 'dist');

const stampFile = path.join(webDistFolder, '.sources');

/** Everything that ends up in the page, relative to the repository. */
const sourcePatterns = [
  'src/{web,protocol,script,timeline,drawing,sdk}/**/*.{ts,tsx,css,html,md}',
  'package-lock.json',
];

/** Builds the page unless the one that is there was built from exactly these sources. Silent; throws on a build error. */
export async function ensureWebBuilt(): Promise<void> {
  const wanted = await hashSources();
  if ((await readStamp()) === wanted) return;
  // Loaded only when there is something to build: Vite takes a second to load.
  const { build } = await import('vite');
  await build({ configFile: path.join(webFolder, 'vite.config.ts'), logLevel: 'error' });
  await writeFile(stampFile, wanted);
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const files: string[] = [];
  for await (const file of glob(sourcePatterns, { cwd: root })) {
    if (!file.startsWith(path.join('src', 'web', 'dist'))) files.push(file);
  }
  for (const file of files.toSorted()) {
    hash.update(`${file}\0`).update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex');
}

async function readStamp(): Promise<string | undefined> {
  try {
    return await readFile(stampFile, 'utf8');
  } catch {
    // Never built.
    return undefined;
  }
}

if (import.meta.main) await ensureWebBuilt();
