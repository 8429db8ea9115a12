import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import { createTaskQueue } from '../../src/engine/task-queue.ts';
import { openDatabase } from '../../src/store/index.ts';
import { waitFor } from './support/wait-for.ts';

test('a message that cannot be handled is not tried again at once: the process has time for others', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'aura-queue-'));
  const database = await openDatabase({ directory });
  const queue = createTaskQueue(database, pino({ level: 'silent' }));
  t.after(async () => {
    await queue.stop(0);
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });
  await queue.start({ supervises: true });
  const triedAt: number[] = [];
  await queue.work('plan', 1, async () => {
    triedAt.push(performance.now());
    throw new Error('the database is being restarted');
  });
  const ids = { jobId: randomUUID(), messageId: randomUUID() };
  const message = { ...ids, name: 'plan', stage: 'plan', priority: 'normal' } as const;
  await queue.send(database, [message]);
  await waitFor('a second try', () => triedAt.length >= 2);
  const [first = 0, second = 0] = triedAt;
  assert.ok(second - first >= 900, `tried again after ${second - first} ms`);
});
