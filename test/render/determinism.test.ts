import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Artifact } from '../../src/protocol/index.ts';
import { startAura } from '../support/aura.ts';
import { exportScript } from './exported.ts';

const script = `---
theme: paper
---

# Red

![A red field](red.png)

We look at two colours, one after the other.

## Blue

![A blue field](blue.png)
<!-- transition: push left 700ms, motion: zoom-in -->

- Blue is second

It is also last, and it stays for a while, so that there are several chunks of it to draw.

\`\`\`ts
const colours = ['red', 'blue'];
\`\`\`
`;

test('one process at a time or three side by side: the same bytes, in every file', async () => {
  const alone = await filesOf(1);
  assert.ok(alone.length > 5);
  assert.deepEqual(await filesOf(3), alone);
});

/** Each in a store of its own, so that nothing is reused. */
async function filesOf(concurrency: number): Promise<Pick<Artifact, 'name' | 'sha256'>[]> {
  const aura = await startAura({ concurrency });
  try {
    const { job } = await exportScript(aura, script);
    return job.artifacts.map(({ name, sha256 }) => ({ name, sha256 }));
  } finally {
    await aura.close();
  }
}
