import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { DecodedPicture } from '../../src/media/decode-video.ts';
import { gifOf } from '../pictures/picture-files.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import { decodeVideoFrames, pixelAt } from '../support/media.ts';

let aura: TestAura;
let frames: DecodedPicture[];

const fps = 25;
const colors = [
  [200, 20, 20],
  [20, 200, 20],
] as const;

const script = `# One

![Red, then green](turns.gif)
<!-- duration: 3s -->

## Two

<!-- layout: split, duration: 3s, transition: cut -->

![Red, then green](turns.gif)

![The same, twice as fast](quick.gif)

## Three

<!-- layout: grid, duration: 2s, transition: cut -->

![Red, then green](turns.gif)

![Red for good](still.gif)

This is said.
`;

before(async () => {
  aura = await startAura();
  const size = { width: 32, height: 18, colors };
  const files = {
    'turns.gif': gifOf({ ...size, delays: [50, 50] }),
    'quick.gif': gifOf({ ...size, delays: [20, 20] }),
    'still.gif': gifOf({ ...size, delays: [50] }),
  };
  const given = Object.entries(files).map(([name, data]) => ({
    name,
    data: new Blob([new Uint8Array(data)]),
  }));
  const uploaded = await aura.client.upload(given);
  const assets = Object.fromEntries(uploaded.map(({ name, id }) => [name, id]));
  const handle = await aura.client.export({ script, assets, output: { width: 320, height: 180, fps } });
  await handle.result();
  const file = join(aura.dataDirectory, 'video.mp4');
  await writeFile(file, Buffer.from(await new Response(await handle.download('video.mp4')).arrayBuffer()));
  frames = await decodeVideoFrames(file);
});
after(() => aura.close());

test('an animated GIF plays as the picture of its scene, over and over', () => {
  assert.deepEqual(coloursAt({ x: 300, y: 90 }, [0, 12, 13, 24, 25, 37, 38, 74]), [
    ...['red', 'red', 'green', 'green'],
    ...['red', 'red', 'green', 'green'],
  ]);
});

test('two of a split play side by side, each at its own speed', () => {
  const from = 75;
  // At half of its round the first one turns, the second for the third time.
  const at = [30, 37, 38, 49, 50].map((frame) => from + frame);
  assert.deepEqual(coloursAt({ x: 60, y: 110 }, at), ['red', 'red', 'green', 'green', 'red']);
  const quick = [30, 34, 35, 39, 40, 44, 45].map((frame) => from + frame);
  assert.deepEqual(coloursAt({ x: 260, y: 110 }, quick), [
    'red',
    'red',
    'green',
    'green',
    'red',
    'red',
    'green',
  ]);
});

test('in a grid, too; one of a single picture stands still', () => {
  const from = 150;
  const at = [26, 37, 38, 49].map((frame) => from + frame);
  assert.deepEqual(coloursAt({ x: 60, y: 90 }, at), ['red', 'red', 'green', 'green']);
  assert.deepEqual(coloursAt({ x: 260, y: 90 }, at), ['red', 'red', 'red', 'red']);
});

/** What a pixel of the finished video shows in each of the frames. */
function coloursAt({ x, y }: { readonly x: number; readonly y: number }, at: readonly number[]): string[] {
  return at.map((index) => {
    const [red, green] = pixelAt(frames[index] ?? assert.fail(`no frame ${index}`), x, y);
    return red > green + 60 ? 'red' : green > red + 60 ? 'green' : `${red}, ${green}`;
  });
}
