import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

test('the embedded database’s parser is compiled once, however much is asked', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'aura-compiler-'));
  try {
    const program = join(import.meta.dirname, 'ask-pglite.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--trace-wasm-compilation-times', program, directory],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    // The largest function of all: V8 tells of each how it was compiled and how many bytes it has.
    const large = [...stdout.matchAll(/using (\w+),.* bodysize (\d+)/gu)]
      .filter(([, , bytes]) => Number(bytes) > 80_000)
      .map(([, compiler]) => compiler);
    assert.deepEqual(large, ['Liftoff']);
  } finally {
    await rm(directory, { recursive: true });
  }
});
