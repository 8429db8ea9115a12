import type { Page } from 'playwright-core';
import { waitFor } from './wait-for.ts';

/** Something an EventSource of the browser told its page. */
export interface Note {
  /** `open`, `error`, `message`, or the type of a message. */
  readonly type: string;
  /** The source's readyState at that moment: 0 connecting, 1 open, 2 closed. */
  readonly readyState: number;
  /** Of a message. */
  readonly data?: string;
  readonly lastEventId?: string;
}

/** An EventSource of Chromium's own. */
export interface BrowserSource {
  /** All it told, in order. */
  readonly notes: readonly Note[];
  /** Those of them that carry data. */
  messages(): readonly Note[];
  until(isTrue: (source: BrowserSource) => boolean): Promise<unknown>;
  readyState(): Promise<number>;
  close(): Promise<void>;
}

interface Opening {
  readonly url: string;
  /** Names of messages to listen for, besides unnamed ones. */
  readonly types?: readonly string[];
  /** Closes it when it first lost its connection, instead of letting it connect again. */
  readonly closesOnError?: boolean;
}

let sourceCount = 0;

/** Opens an EventSource in a page and hears what it tells from its first moment on. */
export async function openBrowserSource(page: Page, opening: Opening): Promise<BrowserSource> {
  const notes: Note[] = [];
  const listener = `heard${sourceCount++}`;
  await page.exposeFunction(listener, (note: Note) => void notes.push(note));
  const handle = await page.evaluateHandle(openInPage, { types: [], ...opening, listener });
  const source: BrowserSource = {
    notes,
    messages: () => notes.filter(({ data }) => data !== undefined),
    until: (isTrue) => waitFor(() => isTrue(source)),
    readyState: () => handle.evaluate(({ readyState }) => readyState),
    close: () => handle.evaluate((opened) => opened.close()),
  };
  return source;
}

/** Runs in the page: can use nothing from outside. */
function openInPage(opening: Opening & { readonly types: readonly string[]; readonly listener: string }) {
  const hear: (note: object) => void = Reflect.get(globalThis, opening.listener);
  const source = new EventSource(opening.url);
  for (const type of ['open', 'error', 'message', ...opening.types]) {
    source.addEventListener(type, (event) => {
      const { readyState } = source;
      const isMessage = event instanceof MessageEvent;
      hear({ type, readyState, ...(isMessage && { data: event.data, lastEventId: event.lastEventId }) });
      if (type === 'error' && opening.closesOnError) source.close();
    });
  }
  return source;
}
