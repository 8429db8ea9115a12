import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Database, learnedFactors, learnSpeed, readTasks } from '../../src/store/index.ts';
import { withDatabase } from '../support/with-database.ts';
import { openWorkshop } from './support/workshop.ts';

let database: Database;
withDatabase('pglite', (opened) => {
  database = opened;
});

it('knows nothing before anything was measured', async () => {
  assert.deepEqual(await learnedFactors(database), {});
});

it('learns from the tasks of a job how long its machine takes, and plans the next with it', async () => {
  const workshop = openWorkshop(database);
  await workshop.engine.start();
  try {
    const first = await workshop.order();
    await workshop.until(first.id, 'completed');
    const factors = await learnedFactors(database);
    // The studio needs no time for what the model takes two seconds for.
    assert.ok(factors.render !== undefined && factors.render < 0.2, `${factors.render}`);
    const second = await workshop.order();
    const [task] = await readTasks(database, second.id);
    assert.ok(task && task.workSeconds < 0.4 && task.modelSeconds === 2, JSON.stringify(task));
    await workshop.until(second.id, 'completed');
  } finally {
    await workshop.engine.stop();
  }
});

it('moves slowly, forgets slowly, and takes the mean of the machines', async () => {
  await database.query('DELETE FROM aura.speed');
  const task = { machine: 'a/2', stage: 'render', modelSeconds: 2, memory: 10 } as const;
  for (let time = 0; time < 20; time++) await learnSpeed(database, { ...task, measuredSeconds: 4 });
  const render = async () => (await learnedFactors(database)).render ?? 0;
  assert.ok(Math.abs((await render()) - 2) < 0.01);
  await learnSpeed(database, { ...task, measuredSeconds: 40 });
  const once = await render();
  assert.ok(once > 2.5 && once < 6, `one slow task: ${once}`);
  for (let time = 0; time < 40; time++) await learnSpeed(database, { ...task, measuredSeconds: 8 });
  assert.ok(Math.abs((await render()) - 4) < 0.2);
  for (let time = 0; time < 40; time++)
    await learnSpeed(database, { ...task, machine: 'b/8', measuredSeconds: 2 });
  assert.ok(Math.abs((await render()) - 2.5) < 0.2);
});
