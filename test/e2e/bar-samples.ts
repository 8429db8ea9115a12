import type { Page } from 'playwright-core';

/** What the page showed at one moment. */
export interface BarSample {
  /** Whole percent, as the bar tells assistive technology. */
  readonly percent: number;
  readonly status: string;
  /** When the page had been opened, in milliseconds since 1970: while it is loaded again nobody looks. */
  readonly openedAt: number;
}

/** Notes the bar and the status in the page at every change, from now on; also after a reload. */
export async function recordBar(page: Page): Promise<void> {
  await page.addInitScript(recorder);
  await page.evaluate(recorder);
}

export function readSamples(page: Page): Promise<BarSample[]> {
  return page.evaluate('globalThis.barSamples');
}

/** How long the bar was drawn at one moment: between two figures it glides. */
export interface PaintedBar {
  /** Since the page was opened. */
  readonly atMs: number;
  /** 0 to 100, with fractions. */
  readonly percent: number;
}

/** Notes the bar as it is drawn, at every frame of the browser in which it is longer or shorter, until the page is left. */
export async function recordPaintedBar(page: Page): Promise<void> {
  await page.evaluate(paintRecorder);
}

export function readPaintedBar(page: Page): Promise<PaintedBar[]> {
  return page.evaluate('globalThis.paintedBar');
}

const paintRecorder = `(() => {
  const samples = (globalThis.paintedBar = []);
  const note = (atMs) => {
    const bar = document.querySelector('main .job-progress-bar');
    const percent = bar && new DOMMatrix(getComputedStyle(bar).transform).a * 100;
    const last = samples.at(-1);
    if (percent !== null && last?.percent !== percent) {
      // The frame before the first one that differs, so that a pause is not taken for a slow step.
      if (last !== undefined && seenAtMs > last.atMs) samples.push({ atMs: seenAtMs, percent: last.percent });
      samples.push({ atMs, percent });
    }
    seenAtMs = atMs;
    requestAnimationFrame(note);
  };
  let seenAtMs = 0;
  requestAnimationFrame(note);
})()`;

// Runs in the page, whose types the tests do not know; hence as text. The list survives a reload.
const recorder = `(() => {
  const key = 'test.barSamples';
  const samples = (globalThis.barSamples = JSON.parse(sessionStorage.getItem(key) ?? '[]'));
  const note = () => {
    const bar = document.querySelector('main [role=progressbar]');
    const status = document.querySelector('main .status-badge');
    if (bar === null || status === null) return;
    const { timeOrigin: openedAt } = performance;
    const sample = { percent: Number(bar.getAttribute('aria-valuenow')), status: status.textContent, openedAt };
    const last = samples.at(-1);
    if (last?.percent === sample.percent && last?.status === sample.status) return;
    samples.push(sample);
    sessionStorage.setItem(key, JSON.stringify(samples));
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})()`;
