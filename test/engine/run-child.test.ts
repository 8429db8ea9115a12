import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { type ChildOptions, type ChildReport, runChild } from '../../src/engine/index.ts';
import type { ChildInput } from './support/child-program.ts';
import { isAlive } from './support/is-alive.ts';
import { waitFor } from './support/wait-for.ts';
import { silent } from './support/workshop.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-child-'));
});
after(() => rm(folder, { recursive: true, force: true }));

it('gives back the result and passes on what is reported', async () => {
  const reports: ChildReport[] = [];
  const result = await run({ act: 'report' }, { onReport: (report) => reports.push(report) });
  assert.deepEqual(result, { text: 'done' });
  assert.deepEqual(reports[0], { type: 'progress', fraction: 0.5, activity: 'Half' });
  const [, picture] = reports;
  assert.ok(picture?.type === 'preview');
  assert.deepEqual([...picture.jpeg], [255, 216, 0]);
  assert.deepEqual(reports[2], { type: 'warning', warning: { code: 'w', message: 'Look out' } });
});

it('passes on now and then what says the same in other numbers, the newest for certain', async () => {
  const reports: ChildReport[] = [];
  const onReport = (report: ChildReport) => void reports.push(report);
  await run({ act: 'count', restMilliseconds: 500 }, { onReport });
  assert.ok(reports.length < 20, `${reports.length} reports`);
  assert.deepEqual(reports.at(-1), {
    ...{ type: 'progress', activity: 'Counting' },
    ...{ fraction: 0.5, unitsDone: 100 },
  });
});

it('passes on nothing more once it has ended', async () => {
  const reports: ChildReport[] = [];
  const onReport = (report: ChildReport) => void reports.push(report);
  await run({ act: 'count', restMilliseconds: 0 }, { onReport });
  assert.deepEqual(
    reports.map((report) => report.type === 'progress' && report.unitsDone),
    [1],
  );
});

it('throws what the child threw, with its code and place', async () => {
  await assert.rejects(run({ act: 'fail' }), {
    code: 'picture_invalid',
    message: 'sea.jpg ends too early.',
    place: { scene: 'scene-2' },
  });
  await assert.rejects(run({ act: 'throw' }), { code: 'internal', message: 'x is not a function' });
});

it('says how a child died that said nothing, with the end of its stderr', async () => {
  await assert.rejects(run({ act: 'exit' }), { code: 'render_failed', message: /code 3.*the last words/s });
  await assert.rejects(run({ act: 'crash' }), { code: 'render_failed', message: /SIGABRT/ });
});

it('says so when the module cannot be loaded', async () => {
  const missing = run({ act: 'report' }, { modulePath: join(folder, 'missing.ts') });
  await assert.rejects(missing, { code: 'render_failed', message: /Cannot find module/ });
});

it('kills a child that is silent for too long', async () => {
  const file = join(folder, 'stalled');
  await assert.rejects(run({ act: 'stay', file }, { stallSeconds: 2 }), { code: 'task_stalled' });
  const pid = readPid(file);
  if (pid !== undefined) assert.ok(!isAlive(pid));
});

it('has killed the child when it throws the reason of an abort', async () => {
  const file = join(folder, 'aborted');
  const controller = new AbortController();
  const running = run({ act: 'stay', file }, { signal: controller.signal });
  const pid = await waitFor('the child to work', () => readPid(file));
  controller.abort(new Error('cancelled'));
  await assert.rejects(running, /cancelled/);
  assert.ok(!isAlive(pid));
});

it('does not start a child for an aborted signal', async () => {
  const file = join(folder, 'never');
  await assert.rejects(run({ act: 'stay', file }, { signal: AbortSignal.abort(new Error('no')) }), /no/);
  assert.ok(!existsSync(file));
});

it('ends with a parent that was killed', async () => {
  const file = join(folder, 'orphan');
  const parent = fork(join(import.meta.dirname, 'support/parent-program.ts'), [file], { stdio: 'ignore' });
  const pid = await waitFor('the child to work', () => readPid(file));
  assert.ok(isAlive(pid));
  parent.kill('SIGKILL');
  await waitFor('the child to end', () => !isAlive(pid));
});

function run(input: ChildInput, options: Partial<ChildOptions> = {}) {
  return runChild({
    modulePath: join(import.meta.dirname, 'support/child-program.ts'),
    input,
    signal: new AbortController().signal,
    onReport: () => {},
    stallSeconds: 60,
    crashCode: 'render_failed',
    logger: silent,
    ...options,
  });
}

/** Undefined while the file is not there, or nothing has been written into it yet. */
function readPid(file: string): number | undefined {
  const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return written === '' ? undefined : Number(written);
}
