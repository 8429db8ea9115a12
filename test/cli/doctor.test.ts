import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { runAura, temporaryFolder } from './run-aura.ts';

const names = ['settings', 'Node', 'speech', 'drawing', 'video', 'database', 'store', 'disk', 'port'];

test('doctor tries every part and finds a working installation working', async (t) => {
  const cwd = await temporaryFolder(t);
  const { code, stdout, stderr } = await runAura(t, { words: ['doctor'], cwd, env: { AURA_PORT: '0' } });
  assert.deepEqual(
    stdout
      .split('\n')
      .map((line) => /^ok +(\S+)/.exec(line)?.[1])
      .filter((name) => name !== undefined),
    names,
    stdout,
  );
  assert.match(stdout, /\nEverything works\.\n$/);
  assert.equal(stderr, '');
  assert.equal(code, 0);
});

test('doctor says of each broken part what is wrong and what to do, and tries the rest', async (t) => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'data'), 'a file where the folder should be');
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  const { code, stdout } = await runAura(t, { words: ['doctor'], cwd, env: { AURA_PORT: String(port) } });
  assert.match(stdout, /ok {4}speech/);
  assert.match(stdout, /FAIL {2}database .*\n {6}to do: /);
  assert.match(stdout, /FAIL {2}store .*\n {6}to do: /);
  assert.match(stdout, new RegExp(`FAIL  port .*Another program listens on 127\\.0\\.0\\.1:${port}`));
  assert.match(stdout, /to do: Stop the other program or set AURA_PORT/);
  assert.match(stdout, /\n4 of the checks failed\.\n$/);
  assert.equal(code, 1);
});

test('doctor tells a wrong setting and still tries what needs none', async (t) => {
  const { code, stdout } = await runAura(t, {
    words: ['doctor'],
    cwd: await temporaryFolder(t),
    env: { AURA_PORT: 'high' },
  });
  assert.match(stdout, /FAIL {2}settings .*AURA_PORT must be a whole number/);
  assert.match(stdout, /ok {4}video/);
  assert.equal(code, 1);
});
