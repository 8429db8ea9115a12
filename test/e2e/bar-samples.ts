import type { Page } from 'playwright-core';

/** What the page showed at one moment. */
export interface BarSample {
  /** Whole percent, as the bar tells assistive technology. */
  readonly percent: number;
  readonly status: string;
}

/** Notes the bar and the status in the page at every change, from now on; also after a reload. */
export async function recordBar(page: Page): Promise<void> {
  await page.addInitScript(recorder);
  await page.evaluate(recorder);
}

export function readSamples(page: Page): Promise<BarSample[]> {
  return page.evaluate('globalThis.barSamples');
}

// Runs in the page, whose types the tests do not know; hence as text. The list survives a reload.
const recorder = `(() => {
  const key = 'test.barSamples';
  const samples = (globalThis.barSamples = JSON.parse(sessionStorage.getItem(key) ?? '[]'));
  const note = () => {
    const bar = document.querySelector('main [role=progressbar]');
    const status = document.querySelector('main .status-badge');
    if (bar === null || status === null) return;
    const sample = { percent: Number(bar.getAttribute('aria-valuenow')), status: status.textContent };
    const last = samples.at(-1);
    if (last?.percent === sample.percent && last?.status === sample.status) return;
    samples.push(sample);
    sessionStorage.setItem(key, JSON.stringify(samples));
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})()`;
