import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { startContractServer, TestJob } from '../sdk/contract-server.ts';
import { firstEvents, numbered, sampleJobId } from '../sdk/sample-log.ts';
import { runAura, startAura, temporaryFolder } from './run-aura.ts';

const older = olderNode();
const skip = older === undefined && 'there is no older Node on this machine';

test('an older Node hands over to the packaged one: output, exit code', { skip }, async (t) => {
  const cwd = await temporaryFolder(t);
  const start = { cwd, ...(older && { node: older }) };
  const version = await runAura(t, { ...start, words: ['--version'] });
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  assert.equal(version.code, 0);
  const wrong = await runAura(t, { ...start, words: ['render', 'missing.md'] });
  assert.match(wrong.stderr, /missing\.md cannot be read/);
  assert.equal(wrong.code, 2);
});

test('an older Node passes signals on and ends as the packaged one does', { skip }, async (t) => {
  const server = await startContractServer({ jobs: { [sampleJobId]: new TestJob(numbered(firstEvents)) } });
  t.after(() => server.close());
  const words = ['watch', sampleJobId, '--server', server.url];
  const aura = startAura(t, { words, cwd: await temporaryFolder(t), ...(older && { node: older }) });
  await aura.until(/Working/);
  aura.kill('SIGTERM');
  const { code, signal } = await aura.ended;
  assert.deepEqual([code, signal], [130, null]);
});

/** A Node before 24 on the search path. */
function olderNode(): string | undefined {
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  return candidates.filter(existsSync).find((file) => {
    const version = execFileSync(file, ['--version'], { encoding: 'utf8' });
    return Number(/^v(\d+)/.exec(version)?.[1] ?? 24) < 24;
  });
}
