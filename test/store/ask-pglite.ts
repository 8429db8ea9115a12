import { openPglite } from '../../src/store/pglite.ts';

/** A program: opens the embedded database in the directory named by its first argument and asks it a hundred things. */
const database = await openPglite({ directory: process.argv[2] ?? '', onWarning: () => {} });
for (let number = 0; number < 100; number += 1) await database.query('SELECT $1::integer + 1', [number]);
await database.close();
