import { type Browser, chromium } from 'playwright-core';
import { ensureChromium } from '../../scripts/ensure-chromium.ts';

/** A real Chromium without a window, which asks for nothing by itself. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await ensureChromium(), args: flags });
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
