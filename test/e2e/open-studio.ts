import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ensureWebBuilt } from '../../scripts/build-web.ts';
import { readConfig } from '../../src/config.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { type ServerOptions, startServer } from '../../src/server.ts';
import { launchChromium } from '../support/chromium.ts';
import { makeEmbedded } from '../support/databases.ts';
import { watchComplaints } from './complaints.ts';

/** A server of its own, a browser of its own, and everything a page ever complained of. */
export interface Studio extends AsyncDisposable {
  readonly url: string;
  readonly client: AuraClient;
  /** Console errors and warnings, failed requests and error answers of every page opened here. */
  readonly complaints: string[];
  /** A page with a profile nobody used before; of this server, or by another way to it. */
  openPage(address: string, way?: { readonly server: string }): Promise<Page>;
}

export async function openStudio(options: Pick<ServerOptions, 'logger'> = {}): Promise<Studio> {
  await ensureWebBuilt();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-e2e-'));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  await makeEmbedded(path.join(folder, 'database'));
  const env = { AURA_PORT: '0', AURA_DATA: folder, AURA_LOG_LEVEL: 'silent' };
  const server = await startServer({
    ...options,
    config: readConfig(env, { coreCount: os.availableParallelism() }),
  });
  opened.defer(() => server.close());
  const browser = await launchChromium();
  opened.defer(() => browser.close());
  const complaints: string[] = [];
  const running = opened.move();
  return {
    url: server.url,
    client: new AuraClient({ baseUrl: server.url }),
    complaints,
    openPage: (address, way) => openPage({ browser, url: (way?.server ?? server.url) + address, complaints }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function openPage(input: {
  readonly browser: Browser;
  readonly url: string;
  readonly complaints: string[];
}): Promise<Page> {
  const context = await input.browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(waitMilliseconds);
  watchComplaints(page, input.complaints);
  await page.goto(input.url);
  return page;
}

/** Most that any one step may take, on a machine that runs other tests at the same time. */
const waitMilliseconds = 90_000;
