import { PGlite } from '@electric-sql/pglite';
import { compileWebAssemblyOnce } from './baseline-compiler.ts';

/** A program: makes the data directory named by its one argument and ends. */
const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: initialise-pglite.ts DIRECTORY');
compileWebAssemblyOnce();
const pglite = await PGlite.create(directory);
await pglite.exec('CHECKPOINT');
await pglite.close();
