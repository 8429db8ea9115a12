import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fontFile } from '../media/support/font-files.ts';
import { startAura } from '../support/aura.ts';

/** Heavy letters and light ones: of a family, a heading is drawn with the heavier. */
const fonts = {
  heavy: fontFile('unbounded', 'latin', 'woff2'),
  light: join(import.meta.dirname, '../../examples/brand/outfit-latin-400-normal.woff2'),
} as const;

interface Order {
  readonly theme: 'neon' | 'paper';
  readonly heading: keyof typeof fonts;
}

test('processes that drew for one brand do not draw for another with its letters', async () => {
  const video = { theme: 'paper', heading: 'light' } as const;
  const alone = await lastOf([video]);
  assert.deepEqual(
    await lastOf([{ theme: 'neon', heading: 'light' }, { theme: 'paper', heading: 'heavy' }, video]),
    alone,
  );
  assert.notDeepEqual(await lastOf([{ ...video, heading: 'heavy' }]), alone);
});

/** Exports one video after the other. @returns names and hashes of the last one's files. */
async function lastOf(orders: readonly Order[]): Promise<unknown> {
  const aura = await startAura({ concurrency: 1 });
  try {
    let last: unknown;
    for (const { theme, heading } of orders) {
      const data = new Blob([await readFile(fonts[heading])]);
      const [font] = await aura.client.upload([{ name: `${heading}.woff2`, data }]);
      const handle = await aura.client.export({
        composition: {
          ...{ version: 1, title: 'Letters', theme, video: { width: 320, height: 180, fps: 25 } },
          brand: { fonts: { heading: font?.id ?? '' } },
          scenes: [{ id: 'only', heading: 'Quite a day', durationSeconds: 2 }],
        },
      });
      const job = await handle.result();
      last = job.artifacts.map(({ name, sha256 }) => [name, sha256]);
    }
    return last;
  } finally {
    await aura.close();
  }
}
