import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openDrawingStage } from '../../src/pipeline/drawing-stage.ts';
import { type Brand, compositionSchema } from '../../src/protocol/index.ts';
import { buildTimeline } from '../../src/timeline/index.ts';
import { fontFile } from '../media/support/font-files.ts';
import { planesAlone } from '../media/support/tight-planes.ts';
import { svgOf } from '../pictures/svg-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-stage-'));
after(() => rm(folder, { recursive: true }));
const files = {
  'edge.svg': join(folder, 'edge.svg'),
  'word.svg': join(folder, 'word.svg'),
  font: fontFile('unbounded', 'latin', 'woff2'),
};

before(async () => {
  const half = '<rect width="16" height="9" fill="#000"/><rect width="8" height="9" fill="#fff"/>';
  await writeFile(files['edge.svg'], svgOf(half, 'viewBox="0 0 16 9"'));
  const word = '<rect width="160" height="90"/><text x="9" y="60" font-size="40" fill="#fff">Aura</text>';
  await writeFile(files['word.svg'], svgOf(word, 'viewBox="0 0 160 90"'));
});

const size = { width: 640, height: 360 };

/** The brightness of one frame in which a picture fills the canvas, 16 to 235. */
async function frameOf(source: keyof typeof files, brand?: { readonly fonts: Brand['fonts'] }) {
  const composition = compositionSchema.parse({
    ...{ version: 1, title: 'A picture', video: { ...size, fps: 25 }, brand },
    scenes: [{ id: 'only', layout: 'picture', picture: { source, motion: 'none' }, durationSeconds: 1 }],
  });
  const timeline = buildTimeline(composition, () => ({ durationSeconds: 0, words: [] }));
  await using stage = openDrawingStage({ timeline, files });
  await stage.cover({ startFrame: 20, frameCount: 1 });
  const drawn = await stage.draw(20, { whole: true });
  return planesAlone(drawn, size).luma;
}

test('an SVG that is small where it comes from is sharp where it is shown', async () => {
  const luma = await frameOf('edge.svg');
  const row = Array.from({ length: size.width }, (_, x) => luma[100 * size.width + x] ?? 0);
  assert.ok((row[300] ?? 0) > 225 && (row[340] ?? 0) < 30);
  const between = row.filter((value) => value > 30 && value < 220);
  assert.ok(between.length <= 3, `the edge is ${between.length} pixels wide`);
});

test('letters in an SVG are the video’s own', async () => {
  const plain = await frameOf('word.svg');
  assert.ok(plain.equals(await frameOf('word.svg')));
  const branded = await frameOf('word.svg', { fonts: { body: 'font' } });
  assert.ok(!plain.equals(branded), 'drawn with the brand’s font');
});
