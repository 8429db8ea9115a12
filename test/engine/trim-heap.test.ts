import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';

const { header } = z
  .object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) })
  .parse(process.report.getReport());
const isGlibc = header.glibcVersionRuntime !== undefined;

it('gives back what was freed between blocks that are still held', {
  skip: !isGlibc && 'not glibc',
}, async () => {
  const program = new URL('./support/scattered-blocks.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  const { heldBytes, freedBytes, trimmedBytes } = z
    .object({ heldBytes: z.int(), freedBytes: z.int(), trimmedBytes: z.int() })
    .parse(JSON.parse(stdout));
  const blocks = 100 * 1_000_000;
  assert.ok(
    heldBytes - freedBytes < blocks / 10,
    `glibc gave ${heldBytes - freedBytes} bytes back by itself`,
  );
  assert.ok(freedBytes - trimmedBytes > 0.8 * blocks, `${freedBytes - trimmedBytes} bytes were given back`);
});
