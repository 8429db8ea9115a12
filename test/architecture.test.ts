import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import test from 'node:test';

const source = resolve(import.meta.dirname, '../src');

/** What each folder may import from, besides itself. The arrows of ARCHITECTURE.md. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  script: ['protocol'],
  timeline: ['protocol'],
  drawing: ['protocol', 'timeline'],
  media: ['protocol', 'timeline', 'drawing'],
  speech: ['protocol'],
  network: ['protocol'],
  pictures: ['protocol', 'network'],
  storage: ['protocol'],
  store: ['protocol'],
  engine: ['protocol', 'store'],
  pipeline: ['protocol', 'script', 'timeline', 'drawing', 'media', 'speech', 'pictures', 'storage', 'engine'],
  http: ['protocol', 'store', 'storage', 'engine'],
  sdk: ['protocol'],
  web: ['protocol', 'script', 'timeline', 'drawing', 'sdk'],
  cli: [
    'protocol',
    'script',
    'sdk',
    'config.ts',
    'server.ts',
    // `aura doctor` tries each part by itself, to say which one is broken.
    'timeline',
    'drawing',
    'media',
    'speech',
    'storage',
    'store',
  ],
  'config.ts': ['protocol'],
  'forget-start.ts': ['engine'],
  'health.ts': ['protocol', 'store', 'storage'],
  'store-limit.ts': ['store', 'storage'],
};

/**
 * The only things of the engine that others may know: its contract, the doors of a child process (light, because each
 * child loads them), and the engine itself, for who joins the parts.
 */
const engineDoors = ['engine/contract.ts', 'engine/index.ts', 'engine/engine.ts'];

const packages: Readonly<Record<string, readonly string[]>> = {
  protocol: ['zod'],
  timeline: [],
  drawing: [],
  sdk: ['eventsource-parser'],
};

/** All that the SDK needs besides this repository, on whatever way it comes to it. */
const sdkPackages = ['eventsource-parser', 'zod'];

const browserFolders = ['protocol', 'script', 'timeline', 'drawing', 'sdk', 'web'];

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const imports = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(source, join(entry.parentPath, entry.name)))
  .filter((file) => !file.startsWith(`web${sep}dist`))
  .flatMap(importsOf);

test('folders import along the arrows only', () => {
  const wrong = imports.filter(({ file, specifier }) => {
    const from = folderOf(file);
    const to = targetOf(file, specifier);
    const allowed = arrows[from];
    return (
      to !== undefined && allowed !== undefined && folderOf(to) !== from && !allowed.includes(folderOf(to))
    );
  });
  assert.deepEqual(wrong.map(describe), []);
});

test('the engine is entered by its doors', () => {
  const wrong = imports.filter(({ file, specifier }) => {
    const to = targetOf(file, specifier);
    return to?.startsWith('engine/') && folderOf(file) !== 'engine' && !engineDoors.includes(to);
  });
  assert.deepEqual(wrong.map(describe), []);
});

test('pure folders use no more packages than they say', () => {
  const wrong = imports.filter(({ file, specifier }) => {
    const allowed = packages[folderOf(file)];
    return (
      allowed !== undefined &&
      !specifier.startsWith('.') &&
      !allowed.some((name) => specifier.split('/')[0] === name)
    );
  });
  assert.deepEqual(wrong.map(describe), []);
});

test('the SDK needs two packages, whatever it imports them through', () => {
  const reached = new Set([join('sdk', 'index.ts')]);
  const needed = new Set<string>();
  // A set gives what is added while it is gone through, too.
  for (const file of reached) {
    for (const { specifier } of importsOf(file).filter((found) => found.specifier !== './self')) {
      const target = targetOf(file, specifier);
      if (target === undefined) needed.add(specifier);
      else reached.add(target);
    }
  }
  assert.deepEqual([...needed].sort(), sdkPackages);
  assert.ok(reached.has(join('protocol', 'job.ts')), 'the schemas were gone through');
});

test('what runs in the browser imports nothing from Node', () => {
  const wrong = imports.filter(
    ({ file, specifier }) =>
      browserFolders.includes(folderOf(file)) &&
      file !== join('web', 'vite.config.ts') &&
      (specifier.startsWith('node:') || builtinModules.includes(specifier)),
  );
  assert.deepEqual(wrong.map(describe), []);
});

test('every folder has its arrows written down', () => {
  const folders = new Set(imports.map(({ file }) => folderOf(file)));
  folders.delete('server.ts');
  assert.deepEqual(
    [...folders].filter((folder) => arrows[folder] === undefined),
    [],
  );
});

test('only config.ts and the commands read the environment', () => {
  const files = [...new Set(imports.map(({ file }) => file))];
  const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(source, file), 'utf8')));
  assert.deepEqual(
    readers.filter((file) => !file.startsWith('cli/')),
    [],
  );
});

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g;
  const found = [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
  return [{ file, specifier: './self' }, ...found.map((specifier) => ({ file, specifier }))];
}

function targetOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.') || specifier === './self') return undefined;
  return relative(source, resolve(source, dirname(file), specifier));
}

function folderOf(file: string): string {
  return file.split(sep)[0] ?? file;
}

function describe({ file, specifier }: Import): string {
  return `${file} imports ${specifier}`;
}
