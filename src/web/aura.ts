import { AuraClient } from '../sdk/index.ts';

/** The API this page came from: the only way the page talks to the server. */
export const aura = new AuraClient({ baseUrl: '', fetch: fetchToTheEnd });

/**
 * Chromium reports every answer that is read as a stream as failed (net::ERR_ABORTED), even one read to its end; one read
 * as text is finished. So the event stream of a job is read twice: as a stream, and as text that nobody looks at. That of
 * all jobs has no end, and its text would only grow.
 */
async function fetchToTheEnd(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const hasEnd = !url.startsWith('/api/events');
  if (hasEnd && response.headers.get('content-type')?.startsWith('text/event-stream')) {
    // A stream that is cut is reported by the other reader.
    response
      .clone()
      .text()
      .catch(() => {});
  }
  return response;
}
