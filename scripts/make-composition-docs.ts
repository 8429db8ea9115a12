import { readFile, writeFile } from 'node:fs/promises';
import { withFieldTables } from './composition-docs.ts';

/** Makes the tables of docs/composition.md anew from the schema: `node scripts/make-composition-docs.ts`. */
const page = new URL('../docs/composition.md', import.meta.url);
await writeFile(page, withFieldTables(await readFile(page, 'utf8')));
