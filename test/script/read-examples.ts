import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Composition } from '../../src/protocol/index.ts';
import { parseScript } from '../../src/script/index.ts';

export const examplesFolder = path.join(import.meta.dirname, '..', '..', 'examples');

export interface Example {
  /** The folder that its script and its files are in. */
  readonly folder: string;
  readonly script: string;
  readonly composition: Composition;
}

/** All examples that are scripts, by name. */
export async function readExamples(): Promise<Example[]> {
  const files = globSync('*/script.md', { cwd: examplesFolder });
  return await Promise.all(
    files.toSorted().map(async (file) => {
      const script = await readFile(path.join(examplesFolder, file), 'utf8');
      const folder = path.join(examplesFolder, path.dirname(file));
      return { folder, script, composition: parseScript(script) };
    }),
  );
}
