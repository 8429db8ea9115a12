import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Canvas } from '@napi-rs/canvas';
import { brandFamilies, type DrawablePicture, drawFrame } from '../../src/drawing/index.ts';
import { openCanvas } from '../../src/media/raw-picture.ts';
import { registerFonts } from '../../src/media/register-fonts.ts';
import { decodePicture } from '../../src/pictures/index.ts';
import { createClipPictures } from '../../src/pipeline/clip-pictures.ts';
import { highlightCode } from '../../src/pipeline/highlight-code.ts';
import { compositionSchema } from '../../src/protocol/index.ts';
import { buildTimeline, type CodeLine } from '../../src/timeline/index.ts';
import { evenlySpoken } from '../timeline/evenly-spoken.ts';
import type { GoldenCase } from './golden-case.ts';
import { pictureFiles } from './scenes.ts';

export const root = join(import.meta.dirname, '../..');
/** The frames are also the pictures of the documentation, so that it shows what is drawn. */
export const framesFolder = join(root, 'docs/images/frames');

const clipFiles = { waves: join(root, 'examples/tour/evening-waves.mp4') };
const brandFonts = [
  { family: brandFamilies.heading, file: join(root, 'examples/brand/fraunces-latin-600-normal.woff2') },
  { family: brandFamilies.body, file: join(root, 'examples/brand/outfit-latin-400-normal.woff2') },
];

const loaded = new Map<string, DrawablePicture>();

/** Draws a case as an export would. */
export async function drawCase({ scenes, settings, at }: GoldenCase): Promise<Canvas> {
  registerFonts({ fonts: brandFonts });
  const composition = compositionSchema.parse({ version: 1, title: 'Golden', ...settings, scenes });
  const code = new Map<number, readonly CodeLine[]>();
  for (const [index, scene] of composition.scenes.entries()) {
    if (scene.code !== undefined) code.set(index, await highlightCode(scene.code));
  }
  const speech = (scene: number, passage: number) =>
    evenlySpoken(composition.scenes[scene]?.narration[passage]?.text ?? '');
  const timeline = buildTimeline(composition, speech, { codeLines: (index) => code.get(index) ?? [] });
  const last = timeline.scenes.at(-1);
  const frameIndex = (last?.startFrame ?? 0) + Math.floor((last?.frameCount ?? 1) * at);
  const canvas = openCanvas(timeline.width, timeline.height);
  const surface = { context: canvas.getContext('2d'), createLayer: openCanvas };
  const pictures = new Map(await loadPictures());
  await using clips = createClipPictures({ timeline, scenes: timeline.scenes, files: clipFiles, pictures });
  await clips.bringTo(frameIndex);
  drawFrame(surface, { timeline, frameIndex, pictures });
  return canvas;
}

async function loadPictures(): Promise<ReadonlyMap<string, DrawablePicture>> {
  for (const [name, file] of Object.entries(pictureFiles)) {
    if (!loaded.has(name)) loaded.set(name, await decodePicture(await readFile(join(root, file)), name));
  }
  return loaded;
}
