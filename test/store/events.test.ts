import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type JobEvent, reduceJob } from '../../src/protocol/index.ts';
import { type Database, readEvents, readJob } from '../../src/store/index.ts';
import { databaseKinds } from '../support/databases.ts';
import { withDatabase } from '../support/with-database.ts';
import { addJob, append } from './support.ts';

const failure = {
  code: 'internal',
  title: 'Something went wrong inside Aura',
  detail: 'It broke.',
  action: 'Retry.',
  retryable: true,
  fault: 'ours',
} as const;

for (const kind of databaseKinds) {
  describe(`the log on ${kind}`, () => {
    let database: Database;
    withDatabase(kind, (opened) => {
      database = opened;
    });

    it('gives back the events that were appended, numbered from 1 without a gap', async () => {
      const { id } = await addJob(database);
      await append(database, id, { kind: 'started' }, { kind: 'log', message: 'one' });
      await append(database, id, { kind: 'log', message: 'two' });
      const events = await readEvents(database, id, { after: 0 });
      assert.deepEqual(
        events.map(({ seq, kind: name }) => `${seq} ${name}`),
        ['1 created', '2 started', '3 log', '4 log'],
      );
      assert.deepEqual(await readEvents(database, id, { after: 2, limit: 1 }), events.slice(2, 3));
    });

    it('keeps a state that equals the fold over the events', async () => {
      const { id } = await addJob(database);
      const warning = { kind: 'warning', code: 'w', message: 'careful' } as const;
      await append(database, id, { kind: 'started' }, warning, { kind: 'failed', error: failure });
      const stages = (await addJob(database)).stages;
      await append(database, id, { kind: 'retried', attempt: 2, stages }, { kind: 'started' });
      const events = await readEvents(database, id, { after: 0 });
      assert.deepEqual((await readJob(database, id))?.job, events.reduce<JobState>(reduceJob, undefined));
    });

    it('numbers events of many writers at once in the order in which they become visible', async () => {
      const { id } = await addJob(database);
      const messages = Array.from({ length: 40 }, (_, index) => `${index}`);
      await Promise.all(messages.map((message) => append(database, id, { kind: 'log', message })));
      const events = await readEvents(database, id, { after: 0 });
      assert.deepEqual(
        events.map(({ seq }) => seq),
        Array.from({ length: 41 }, (_, index) => index + 1),
      );
    });

    it('keeps any text, U+0000 and half a surrogate pair included', async () => {
      const message = 'a\u0000b \ud800 %{} "\' \\ 👩‍👩‍👧 ‏שלום';
      const { id } = await addJob(database, { title: message, input: { message } });
      await append(database, id, { kind: 'log', message });
      const events = await readEvents(database, id, { after: 1 });
      assert.deepEqual(
        events.map((event) => event.kind === 'log' && event.message),
        [message],
      );
      assert.equal((await readJob(database, id))?.job.title, message);
    });

    it('takes a terminal event once, whoever writes it', async () => {
      const { id } = await addJob(database);
      await append(database, id, { kind: 'started' }, { kind: 'cancelled' });
      await assert.rejects(append(database, id, { kind: 'cancelled' }), /follows the end/);
      await assert.rejects(insertRaw(database, id, 4, 'failed'), /follows its end/);
      await assert.rejects(insertRaw(database, id, 4, 'log'), /follows its end/);
      await database.query('ALTER TABLE aura.event DISABLE TRIGGER check_event');
      await assert.rejects(insertRaw(database, id, 4, 'failed'), /event_terminal_once/);
      await database.query('ALTER TABLE aura.event ENABLE TRIGGER check_event');
      assert.equal((await readEvents(database, id, { after: 0 })).length, 3);
    });

    it('refuses a gap, a second event of a number, and a change', async () => {
      const { id } = await addJob(database);
      await assert.rejects(insertRaw(database, id, 3, 'log'), /does not follow/);
      await assert.rejects(insertRaw(database, id, 1, 'log'), /does not follow/);
      await assert.rejects(
        database.query("UPDATE aura.event SET kind = 'log' WHERE job_id = $1", [id]),
        /append-only/,
      );
    });

    it('writes nothing when the transaction fails', async () => {
      const { id } = await addJob(database);
      await assert.rejects(
        append(database, id, { kind: 'log', message: 'lost' }, { kind: 'created' } as never),
      );
      assert.equal((await readEvents(database, id, { after: 0 })).length, 1);
      assert.equal((await readJob(database, id))?.job.seq, 1);
    });
  });
}

type JobState = ReturnType<typeof reduceJob> | undefined;

/** Goes past all our code. */
async function insertRaw(
  database: Database,
  jobId: string,
  seq: number,
  kind: JobEvent['kind'],
): Promise<void> {
  await database.query(
    "INSERT INTO aura.event (job_id, seq, attempt, kind, data, at) VALUES ($1, $2, 1, $3, '{}', now())",
    [jobId, seq, kind],
  );
}
