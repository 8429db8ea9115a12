import { createCanvas } from '@napi-rs/canvas';
import type { Page } from 'playwright-core';

export interface DroppedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Drags files from outside over the page and lets them go. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const input = files.map(({ bytes, ...file }) => ({
    ...file,
    base64: Buffer.from(bytes).toString('base64'),
  }));
  await page.evaluate(`(${dropInPage})(${JSON.stringify(input)})`);
}

/** A picture large enough to look like one. */
export function pngPicture(): Uint8Array {
  const canvas = createCanvas(1600, 900);
  const context = canvas.getContext('2d');
  const sky = context.createLinearGradient(0, 0, 0, 900);
  sky.addColorStop(0, '#9fd3ff');
  sky.addColorStop(1, '#0a4f86');
  context.fillStyle = sky;
  context.fillRect(0, 0, 1600, 900);
  return canvas.toBuffer('image/png');
}

// Runs in the page, whose types the tests do not know; hence as text.
const dropInPage = `async (files) => {
  const transfer = new DataTransfer();
  for (const { name, type, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type }));
  }
  const fire = (target, kind) =>
    target.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  fire(document.querySelector('main'), 'dragenter');
  const zone = document.querySelector('.drop-zone');
  for (const kind of ['dragenter', 'dragover', 'drop']) fire(zone, kind);
}`;
