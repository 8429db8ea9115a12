import type { Page } from 'playwright-core';

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
    complaints.push(`${request.failure()?.errorText} for ${request.url()}`);
  });
}

/** Takes back the complaints about the streams a page was reading when it was left: they are cut, and rightly so. */
export function forgiveCutStreams(complaints: string[]): void {
  takeBack(complaints, /^net::ERR_ABORTED for .*\/events(\?.*)?$/);
}

/** A player that has enough of a video to begin stops reading, and asks for the rest by range when it needs it. */
export function forgivePlayer(complaints: string[]): void {
  takeBack(complaints, /^net::ERR_ABORTED for .*\/artifacts\/video\.mp4$/);
}

function takeBack(complaints: string[], forgiven: RegExp): void {
  const others = complaints.filter((complaint) => !forgiven.test(complaint));
  complaints.splice(0, complaints.length, ...others);
}
