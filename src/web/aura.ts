import { AuraClient } from '../sdk/index.ts';

/** The API this page came from: the only way the page talks to the server. */
export const aura = new AuraClient({ baseUrl: '', fetch: fetchToTheEnd });

/**
 * Chromium reports every answer that is read as a stream as failed (net::ERR_ABORTED), even one read to its end, unless there
 * is a copy of it. One that is cancelled at once is enough, and holds nothing of what comes.
 */
async function fetchToTheEnd(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    // A stream that is cut is reported by who reads it.
    response
      .clone()
      .body?.cancel()
      .catch(() => {});
  }
  return response;
}
