import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { paintAuroraLake } from './example-pictures/aurora-lake.ts';
import { createEasel, type Easel } from './example-pictures/canvas.ts';
import { paintDeskLamp } from './example-pictures/desk-lamp.ts';
import { paintDesertDawn, paintDesertNight } from './example-pictures/dunes.ts';
import { paintDuskMountains } from './example-pictures/dusk-mountains.ts';
import { paintGinkgo } from './example-pictures/ginkgo-leaf.ts';
import { paintNightCity } from './example-pictures/night-city.ts';
import { paintPaperMorning, paintPaperNight } from './example-pictures/paper-hills.ts';
import { paintFern } from './example-pictures/pressed-fern.ts';
import { paintCalmSea, paintMoonOnSea, paintRipples, paintSunOnSea } from './example-pictures/sea-views.ts';
import { paintMilkyWayMountains, paintStarTrails } from './example-pictures/star-views.ts';

/** Paints the pictures of the examples: `node scripts/make-example-pictures.ts [part of a name]`. */

const wide = { width: 2400, height: 1350 };
const tall = { width: 1350, height: 2400 };
const sheet = { width: 1350, height: 1800 };
const square = { width: 1350, height: 1350 };

interface PictureJob {
  readonly file: string;
  readonly size: { readonly width: number; readonly height: number };
  paint(easel: Easel): void;
}

const pictures: readonly PictureJob[] = [
  { file: 'announcement/dusk-mountains.jpg', size: wide, paint: paintDuskMountains },
  { file: 'announcement/desk-lamp.jpg', size: wide, paint: paintDeskLamp },
  { file: 'announcement/calm-sea.jpg', size: wide, paint: paintCalmSea },
  { file: 'announcement/night-city.jpg', size: wide, paint: paintNightCity },
  { file: 'announcement/aurora-lake.jpg', size: wide, paint: paintAuroraLake },
  { file: 'short/sun-on-sea.jpg', size: tall, paint: paintSunOnSea },
  { file: 'short/moon-on-sea.jpg', size: tall, paint: paintMoonOnSea },
  { file: 'short/ripples.jpg', size: tall, paint: paintRipples },
  { file: 'arabic/desert-night.jpg', size: wide, paint: paintDesertNight },
  { file: 'arabic/desert-dawn.jpg', size: wide, paint: paintDesertDawn },
  { file: 'japanese/paper-morning.jpg', size: wide, paint: paintPaperMorning },
  { file: 'japanese/paper-night.jpg', size: wide, paint: paintPaperNight },
  { file: 'howto/milky-way.jpg', size: wide, paint: paintMilkyWayMountains },
  { file: 'howto/star-trails.jpg', size: wide, paint: paintStarTrails },
  { file: 'pictures/fern.avif', size: sheet, paint: paintFern },
  { file: 'pictures/ginkgo.webp', size: square, paint: paintGinkgo },
];

const examples = path.join(import.meta.dirname, '..', 'examples');
const wanted = process.argv[2] ?? '';
for (const [seed, { file, size, paint }] of pictures.entries()) {
  if (!file.includes(wanted)) continue;
  const easel = createEasel({ ...size, seed: seed + 1 });
  paint(easel);
  const bytes = encode(easel, path.extname(file));
  const target = path.join(examples, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, bytes);
  console.log(`${file}: ${Math.round(bytes.length / 1000)} kB`);
}

function encode({ canvas }: Easel, ending: string): Buffer {
  if (ending === '.avif') return canvas.toBuffer('image/avif', { quality: 72 });
  if (ending === '.webp') return canvas.toBuffer('image/webp', 88);
  return canvas.toBuffer('image/jpeg', 88);
}
