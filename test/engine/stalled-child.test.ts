import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { type RunTask, reportTo, runChild } from '../../src/engine/index.ts';
import { type Database, openDatabase } from '../../src/store/index.ts';
import { startDatabases, type TestDatabases } from '../support/databases.ts';
import type { ChildInput } from './support/child-program.ts';
import { assertSoundLog, openWorkshop, silent } from './support/workshop.ts';

let databases: TestDatabases;
let database: Database;
let folder: string;
before(async () => {
  databases = await startDatabases('pglite');
  database = await openDatabase(await databases.fresh());
  folder = await mkdtemp(join(tmpdir(), 'aura-stalled-'));
});
after(async () => {
  await database.close();
  await databases.stop();
  await rm(folder, { recursive: true, force: true });
});

it('ends a child that hangs, says so in the job, and does its work again', async () => {
  // Each real child hangs at its first try, and the next one does the work.
  const runTask: RunTask = async (context) => {
    const isHanging = context.task.name === 'render-2' && context.attempt === 1;
    const input: ChildInput = isHanging
      ? { act: 'repeat', file: join(folder, context.task.name) }
      : { act: 'report' };
    const output = await runChild({
      modulePath: join(import.meta.dirname, 'support/child-program.ts'),
      input,
      signal: context.signal,
      onReport: reportTo(context),
      stallSeconds: 4,
      crashCode: 'render_failed',
      logger: silent,
    });
    return { output, cached: false };
  };
  const workshop = openWorkshop(database, { runTask });
  await workshop.engine.start();
  try {
    const { id } = await workshop.order();
    await workshop.until(id, 'completed');
    const said = (await workshop.events(id)).flatMap((event) =>
      event.kind === 'log' ? [event.message] : [],
    );
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /Doing render-2: .*4 s.*Trying again \(1 of 2\)/);
    await assertSoundLog(workshop, id);
  } finally {
    await workshop.engine.stop();
  }
});
