import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { CreateJob } from '../../src/protocol/index.ts';
import type { AuraClient } from '../../src/sdk/index.ts';
import { writeVideo } from '../media/support/write-video.ts';

const examples = join(import.meta.dirname, '../../examples');

/** Of the examples, by the names the script has for them. */
const files = [
  'announcement/desk-lamp.jpg',
  'announcement/music.m4a',
  'brand/fraunces-latin-600-normal.woff2',
  'brand/outfit-latin-400-normal.woff2',
  'brand/logo.svg',
  'tour/evening-waves.mp4',
  'voice-over/thursday.ogg',
];

/**
 * A script with one of each kind of file: picture, animated GIF, clip with sound, recorded voice, music, brand fonts and
 * logo; and code and a chart, which are shown in pieces.
 *
 * @param spoken Of the second scene: what lies behind it is later or earlier in the video when it changes.
 */
export function richScript(spoken = 'It glows a little before the rain comes.'): string {
  return `---
title: One of each
theme: paper
captions: { style: pop, size: small }
brand:
  colors: { background: "#06302b #0f5148", text: "#f4f1e4", accent: "#ffb457" }
  fonts: { heading: fraunces-latin-600-normal.woff2, body: outfit-latin-400-normal.woff2 }
  logo: { source: logo.svg, position: top-left, opacity: 0.6 }
music: { source: music.m4a, startSeconds: 2, gainDb: -16, fadeInSeconds: 0.5 }
---

# One of each

This has one of each.

## A lamp

![A lamp](desk-lamp.jpg)
<!-- motion: zoom-in, fit: blur -->

${spoken}

## Waves

![Waves](evening-waves.mp4)
<!-- clip: 0.5s-2.5s, speed: 0.75, gain: -8dB, transition: push left 700ms -->

The sea is near.

## By Thursday

<!-- voice-over: thursday.ogg, transition: dip #ffb457 600ms -->

If the wind allows it I will be back for supper. If not, eat mine.

## It turns

![A square that turns](turning.gif)
<!-- layout: picture-right, text: stagger -->

- Round and round

\`\`\`ts {1}
const colours = ['red', 'blue'];
\`\`\`

One line of code.

<!-- text: none -->

| Year | Lamps |
| ---- | ----: |
| 2024 |   310 |
| 2025 |   540 |

<!-- chart: bar -->

And more of them each year.
`;
}

/** Uploads its files. What is returned is a request for its video, small. */
export async function requestRich(client: AuraClient, script = richScript()): Promise<CreateJob> {
  const uploads = files.map(async (file) => ({
    name: basename(file),
    data: new Blob([await readFile(join(examples, file))]),
  }));
  const gif = { name: 'turning.gif', data: new Blob([await turningGif()]) };
  const named = [...(await Promise.all(uploads)), gif];
  const uploaded = await client.upload(named);
  const assets = Object.fromEntries(uploaded.map(({ id }, index) => [named[index]?.name ?? '', id]));
  return { script, assets, output: { width: 320, height: 180 } };
}

async function turningGif(): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-gif-'));
  const file = join(folder, 'turning.gif');
  const pictures = Array.from({ length: 8 }, (_, index) => ({
    pixels: turned((index * Math.PI) / 16),
    timeMs: index * 80,
  }));
  await writeVideo(file, { kind: 'gif', width: 96, height: 96, pictures });
  const bytes = new Uint8Array(await readFile(file));
  await rm(folder, { recursive: true });
  return bytes;
}

function turned(angleRadians: number): Uint8Array {
  const canvas = createCanvas(96, 96);
  const context = canvas.getContext('2d');
  context.fillStyle = '#204060';
  context.fillRect(0, 0, 96, 96);
  context.translate(48, 48);
  context.rotate(angleRadians);
  context.fillStyle = '#f0c040';
  context.fillRect(-28, -28, 56, 56);
  return new Uint8Array(canvas.data());
}
