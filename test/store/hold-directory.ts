import { openDatabase } from '../../src/store/index.ts';

/** A program: opens the embedded database in a directory, says so, and keeps it open until it is killed. */
const directory = process.argv[2] ?? '';
const database = await openDatabase({ directory });
await database.query("CREATE TABLE IF NOT EXISTS held AS SELECT 'yes' AS answer");
process.send?.('open');
