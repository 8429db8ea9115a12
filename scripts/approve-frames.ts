import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { goldenCases } from '../test/golden/cases.ts';
import { drawCase, framesFolder } from '../test/golden/draw-case.ts';

/**
 * Draws every golden frame anew into docs/images/frames and removes those no case has: `node scripts/approve-frames.ts`, or
 * with the beginnings of names to draw only these. Look at what changed before you commit it. With --sheet=<file> it only
 * puts them side by side into one PNG.
 */
const sheetFile = process.argv.find((argument) => argument.startsWith('--sheet='))?.slice('--sheet='.length);
const prefixes = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const cases = goldenCases();
const chosen = cases.filter(
  ({ name }) => prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix)),
);

if (sheetFile === undefined) await approve();
else await writeFile(sheetFile, await contactSheet());

async function approve(): Promise<void> {
  await mkdir(framesFolder, { recursive: true });
  for (const golden of chosen) {
    await writeFile(join(framesFolder, `${golden.name}.png`), (await drawCase(golden)).toBuffer('image/png'));
  }
  const names = new Set(cases.map(({ name }) => `${name}.png`));
  for (const file of await readdir(framesFolder)) {
    if (!names.has(file)) await rm(join(framesFolder, file));
  }
  console.log(`${chosen.length} frames drawn into ${framesFolder}.`);
}

async function contactSheet(): Promise<Buffer> {
  const canvases = [];
  for (const golden of chosen) canvases.push(await drawCase(golden));
  const cell = {
    width: Math.max(...canvases.map(({ width }) => width)),
    height: Math.max(...canvases.map(({ height }) => height)),
  };
  const columns = Math.max(1, Math.round(1920 / cell.width));
  const sheet = createCanvas(columns * cell.width, Math.ceil(canvases.length / columns) * cell.height);
  const context = sheet.getContext('2d');
  for (const [index, canvas] of canvases.entries()) {
    context.drawImage(canvas, (index % columns) * cell.width, Math.floor(index / columns) * cell.height);
  }
  return sheet.toBuffer('image/png');
}
