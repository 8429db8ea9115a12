import type { Page, Request } from 'playwright-core';

/** Adds to `complaints` whatever a reader with the browser's console open would see as wrong. */
export function watchComplaints(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    if (!wasLetGo(request)) complaints.push(`${request.failure()?.errorText} for ${request.url()}`);
  });
}

/**
 * What the browser itself stops is no failure: it reports a streamed answer as aborted even when it was read to its
 * very end, and a video's or a download's request when it has what it wants.
 */
function wasLetGo(request: Request): boolean {
  const isStream = /\/events(\?|$)/.test(request.url()) || /\/artifacts\//.test(request.url());
  return isStream && request.failure()?.errorText === 'net::ERR_ABORTED';
}
