import assert from 'node:assert/strict';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { AuraClient } from '../../src/sdk/index.ts';
import { runAura, startAura, temporaryFolder } from './run-aura.ts';

test('serve', async (t) => {
  const cwd = await temporaryFolder(t);
  const env = { AURA_PORT: '0', AURA_LOG_LEVEL: 'error' };
  const first = startAura(t, { words: ['serve'], cwd, env });
  await first.until(/Aura is at http:\/\/127\.0\.0\.1:\d+\n/);

  await t.test('answers at the address it says', async () => {
    const url = /http:\S+/.exec(first.output())?.[0] ?? '';
    assert.equal((await new AuraClient({ baseUrl: url }).health()).status, 'ok');
  });

  await t.test('refuses a data directory that another one has open: exit code 1', async (t) => {
    const { code, stderr } = await runAura(t, { words: ['serve'], cwd, env });
    assert.match(stderr, new RegExp(`in use by the Aura process ${first.pid}`));
    assert.match(stderr, /to do: Use the running Aura with --server URL/);
    assert.equal(code, 1);
  });

  await t.test('ends in order when it is told to: exit code 0', async () => {
    first.kill('SIGTERM');
    const { code, stderr } = await first.ended;
    assert.equal(stderr, 'Stopping; press Ctrl-C again to leave at once.\n');
    assert.equal(code, 0);
  });

  await t.test('tells of a taken port, and what to do: exit code 1', async (t) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    t.after(() => other.close());
    const { port } = other.address() as AddressInfo;
    const taken = { ...env, AURA_PORT: String(port) };
    const { code, stderr } = await runAura(t, { words: ['serve'], cwd, env: taken });
    assert.match(stderr, new RegExp(`The port is taken: .*${port}`));
    assert.match(stderr, /to do: Stop the other program or set AURA_PORT/);
    assert.equal(code, 1);
  });
});
