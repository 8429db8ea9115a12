import assert from 'node:assert/strict';
import test from 'node:test';
import { exportInputSchema } from '../../src/pipeline/export-input.ts';
import { prepareJob } from '../../src/pipeline/index.ts';
import type { Asset } from '../../src/protocol/index.ts';

const picture: Asset = {
  id: `asset:${'a'.repeat(64)}`,
  name: 'lake.png',
  kind: 'picture',
  contentType: 'image/png',
  sizeBytes: 9,
};
const sound: Asset = {
  ...picture,
  id: `asset:${'b'.repeat(64)}`,
  name: 'song.mp3',
  kind: 'audio',
  contentType: 'audio/mpeg',
};
const findAsset = async (id: string): Promise<Asset | undefined> =>
  [picture, sound].find((asset) => asset.id === id);

const script = '# The lake\n\nIt is quiet here.\n\n![The lake](lake.png)\n';

test('a script becomes a composition of assets, with its voice named', async () => {
  const { title, input } = await prepareJob({ script, assets: { 'lake.png': picture.id } }, findAsset);
  const { composition } = exportInputSchema.parse(input);
  assert.equal(title, 'The lake');
  assert.equal(composition.scenes[0]?.picture?.source, picture.id);
  assert.ok(composition.voice.name);
});

test('what the request says about the output wins over the script', async () => {
  const aspect = '---\naspect: 1:1\n---\n\nHello.\n';
  const { input } = await prepareJob({ script: aspect, output: { aspect: '9:16', fps: 25 } }, findAsset);
  const { outputs } = exportInputSchema.parse(input);
  assert.deepEqual(outputs[0]?.video, { width: 1080, height: 1920, fps: 25 });
});

test('a preset decides what neither the request nor its own name says', async () => {
  const outputs = [
    { name: 'tall', preset: 'shorts' as const, quality: 'draft' as const },
    { name: 'open', codec: 'vp9' as const, container: 'webm' as const },
  ];
  const { input } = await prepareJob({ script: 'Hello.\n', outputs }, findAsset);
  const [tall, open] = exportInputSchema.parse(input).outputs;
  assert.deepEqual(tall?.video, { width: 1080, height: 1920, fps: 30 });
  assert.deepEqual([tall?.encoding.codec, tall?.encoding.quality], ['h264', 'draft']);
  assert.deepEqual([open?.encoding.codec, open?.encoding.container], ['vp9', 'webm']);
  assert.deepEqual(open?.video, { width: 1920, height: 1080, fps: 30 });
});

test('a job that was ordered before there were outputs makes the one its composition says', async () => {
  const { input } = await prepareJob({ script: '---\naspect: 1:1\n---\n\nHello.\n' }, findAsset);
  const { composition, outputs } = exportInputSchema.parse(input);
  assert.deepEqual(exportInputSchema.parse({ composition }), { composition, outputs });
  assert.deepEqual(outputs[0]?.video, { width: 1080, height: 1080, fps: 30 });
});

test('a missing picture is named with its scene and line', async () => {
  await assert.rejects(prepareJob({ script }, findAsset), {
    code: 'picture_missing',
    place: { line: 5, column: 1, scene: 'scene-1' },
  });
  const unknown = { 'lake.png': `asset:${'c'.repeat(64)}` };
  await assert.rejects(prepareJob({ script, assets: unknown }, findAsset), { code: 'picture_missing' });
});

test('a sound is not a picture', async () => {
  await assert.rejects(prepareJob({ script, assets: { 'lake.png': sound.id } }, findAsset), {
    code: 'picture_invalid',
    message: /song\.mp3.*audio\/mpeg/,
  });
});

test('a voice that does not exist, and a composition that says nothing, are refused', async () => {
  await assert.rejects(prepareJob({ script: '---\nvoice: nobody\n---\n\nHello.\n' }, findAsset), {
    code: 'voice_unknown',
  });
  const { input } = await prepareJob({ script, assets: { 'lake.png': picture.id } }, findAsset);
  const { composition } = exportInputSchema.parse(input);
  const silent = { ...composition, scenes: composition.scenes.map((scene) => ({ ...scene, narration: [] })) };
  await assert.rejects(prepareJob({ composition: silent }, findAsset), { code: 'narration_missing' });
});
