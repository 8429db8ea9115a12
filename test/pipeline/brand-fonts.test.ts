import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDrawingStage } from '../../src/pipeline/drawing-stage.ts';
import { type Brand, compositionSchema, type ThemeName } from '../../src/protocol/index.ts';
import { buildTimeline } from '../../src/timeline/index.ts';
import { fontFile } from '../media/support/font-files.ts';
import { planesAlone } from '../media/support/tight-planes.ts';

/** Those of the theme neon: so it can be compared what the theme draws with them, and what a brand does. */
const files = {
  heading: fontFile('unbounded', 'latin', 'woff2'),
  body: fontFile('space-grotesk', 'latin', 'woff2'),
};

const size = { width: 640, height: 360 };
/** Captions are below, the heading is above. */
const captionsFromRow = 260;

interface Drawn {
  readonly heading: Buffer;
  readonly caption: Buffer;
}

/** A heading and a caption, in the theme's letters or those of a brand. */
async function draw(theme: ThemeName, fonts?: Brand['fonts']): Promise<Drawn> {
  const composition = compositionSchema.parse({
    ...{ version: 1, title: 'Letters', theme, video: { ...size, fps: 25 } },
    ...(fonts !== undefined && { brand: { fonts } }),
    captions: { style: 'plain' },
    scenes: [{ id: 'only', heading: 'Quite a day', narration: [{ text: 'Said aloud' }], durationSeconds: 2 }],
  });
  const words = [
    { text: 'Said', textStart: 0, textEnd: 4, startSeconds: 0, endSeconds: 0.5 },
    { text: 'aloud', textStart: 5, textEnd: 10, startSeconds: 0.5, endSeconds: 1 },
  ];
  const timeline = buildTimeline(composition, () => ({ durationSeconds: 1, words }));
  await using stage = openDrawingStage({ timeline, files });
  const frameIndex = Math.round(((timeline.speech[0]?.startSample ?? 0) / 48_000 + 0.7) * 25);
  await stage.cover({ startFrame: frameIndex, frameCount: 1 });
  const drawn = await stage.draw(frameIndex, { whole: true });
  const { luma } = planesAlone(drawn, size);
  const border = captionsFromRow * size.width;
  return { heading: luma.subarray(0, border), caption: luma.subarray(border) };
}

test('a brand’s heading font draws headings, and nothing else', async () => {
  const [plain, branded] = [await draw('midnight'), await draw('midnight', { heading: 'heading' })];
  assert.ok(!plain.heading.equals(branded.heading));
  assert.ok(plain.caption.equals(branded.caption));
});

test('a brand’s body font draws captions, and no headings', async () => {
  const [plain, branded] = [await draw('midnight'), await draw('midnight', { body: 'body' })];
  assert.ok(plain.heading.equals(branded.heading));
  assert.ok(!plain.caption.equals(branded.caption));
});

test('what is drawn with a brand’s font is what a theme draws with the same font', async () => {
  const [theme, branded] = [await draw('neon'), await draw('neon', { heading: 'heading', body: 'body' })];
  assert.ok(theme.heading.equals(branded.heading), 'heading');
  assert.ok(theme.caption.equals(branded.caption), 'caption');
});
