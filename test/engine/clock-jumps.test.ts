import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TaskContext } from '../../src/engine/contract.ts';
import { type Database, readJob, readPace, readPositions } from '../../src/store/index.ts';
import { databaseKinds } from '../support/databases.ts';
import { withDatabase } from '../support/with-database.ts';
import { shiftClock } from './support/shift-clock.ts';
import { waitFor } from './support/wait-for.ts';
import { openWorkshop } from './support/workshop.ts';

/** An hour: whoever waited for the clock to be where it was would fail these tests. */
const jumpMilliseconds = 3_600_000;

for (const kind of databaseKinds) {
  describe(`with a clock that is set on ${kind}`, () => {
    let database: Database;
    withDatabase(kind, (opened) => {
      database = opened;
    });

    for (const [name, jump] of [
      ['back', -jumpMilliseconds],
      ['forward', jumpMilliseconds],
    ] as const) {
      it(`goes on telling how far a job is when it is set ${name}`, async () => {
        let pictures = 0;
        const workshop = openWorkshop(database, { storageOfPreview: async () => `/${++pictures}.jpg` });
        const drawings: TaskContext[] = [];
        workshop.studio.hold('render-1');
        // An embedded database's clock jumps as well: the lease of the task is over, and it is begun again.
        for (let time = 0; time < 3; time++) {
          workshop.studio.onNext('render-1', (context) => void drawings.unshift(context));
        }
        await workshop.engine.start();
        try {
          const { id } = await workshop.order();
          await workshop.untilRunning('render-1');
          await untilReported(database, id);
          const before = await etaOf(database, id);
          using _ = shiftClock(jump);
          await untilReported(database, id);
          await waitFor('a picture', async () => {
            await drawings[0]?.preview(new Uint8Array([1]));
            return (await liveOf(database, id))?.preview;
          });
          assert.ok(Math.abs((await etaOf(database, id)) - before) < 10);
          assert.ok(
            Date.parse((await liveOf(database, id))?.lastProgressAt ?? '') <=
              (await readPace(database, id)).now,
          );
          await database.query("UPDATE aura.task SET claim = 'another' WHERE name = 'render-1'");
          await waitFor('the task to see that another has it', () => drawings[0]?.signal.aborted, 10);
        } finally {
          await workshop.engine.stop();
        }
      });
    }
  });
}

/** Waits until watchers have been told several times how far the job is. */
async function untilReported(database: Database, id: string): Promise<void> {
  const version = async () => (await readPositions(database, [id]))[0]?.liveVersion ?? 0;
  const before = await version();
  await waitFor('five reports', async () => (await version()) >= before + 5, 20);
}

async function liveOf(database: Database, id: string) {
  return (await readJob(database, id))?.live;
}

async function etaOf(database: Database, id: string): Promise<number> {
  return (await liveOf(database, id))?.etaSeconds ?? Number.NaN;
}
