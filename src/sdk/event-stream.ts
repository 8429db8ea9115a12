import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { AuraError } from '../protocol/index.ts';
import type { Http } from './http.ts';

interface EventStreamOptions {
  readonly http: Http;
  readonly path: string;
  /** Resume after this event; from the start, with a snapshot, when undefined. */
  readonly lastEventId: string | undefined;
  /** A connection on which nothing arrives for so long is given up: not even a heartbeat came. */
  readonly silenceSeconds: () => number;
  readonly signal: AbortSignal | undefined;
  readonly onRetryHint: (seconds: number) => void;
  /** Something arrived, were it a heartbeat. */
  readonly onHeard?: () => void;
}

/**
 * Opens an event stream. Undefined when the server has nothing left to send (204).
 *
 * @throws {AuraError} server_unreachable when it does not answer or falls silent; the problem's code otherwise.
 */
export async function openEventStream(
  options: EventStreamOptions,
): Promise<AsyncGenerator<EventSourceMessage, void, undefined> | undefined> {
  const connection = openConnection(options);
  try {
    const response = await connection.guard(options.http.open(requestOf(options, connection.signal)));
    const body = response.body;
    if (response.status !== 204 && body !== null && isEventStream(response)) {
      return messages({ reader: body.getReader(), connection, options });
    }
    connection.close();
    if (response.status === 204) return undefined;
    throw new AuraError('server_unreachable', `${options.path} gave an answer that is not an event stream.`);
  } catch (error) {
    connection.close();
    throw error;
  }
}

interface Connection {
  readonly signal: AbortSignal;
  /** Waits for the network; longer than the silence allowed ends the connection. */
  guard<Result>(pending: Promise<Result>): Promise<Result>;
  close(): void;
}

/** The time the caller takes between two reads does not count as silence. */
function openConnection({ silenceSeconds, signal }: EventStreamOptions): Connection {
  const own = new AbortController();
  return {
    signal: signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]),
    guard: async (pending) => {
      const seconds = silenceSeconds();
      const silent = new AuraError('server_unreachable', `Nothing came from the server for ${seconds} s.`);
      const timer = setTimeout(() => own.abort(silent), seconds * 1000);
      try {
        return await pending;
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => own.abort(),
  };
}

function requestOf({ path, lastEventId }: EventStreamOptions, signal: AbortSignal) {
  const headers = {
    Accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
  };
  return { path, headers, signal };
}

function isEventStream(response: Response): boolean {
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase() === 'text/event-stream';
}

async function* messages(input: {
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly connection: Connection;
  readonly options: EventStreamOptions;
}): AsyncGenerator<EventSourceMessage, void, undefined> {
  const { reader, connection, options } = input;
  const arrived: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (message) => arrived.push(message),
    onRetry: (milliseconds) => options.onRetryHint(milliseconds / 1000),
  });
  // Characters of several bytes may be cut by chunk borders: the decoder keeps their first part.
  const decoder = new TextDecoder();
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await connection.guard(reader.read());
      isOver = done;
      if (done) return;
      options.onHeard?.();
      parser.feed(decoder.decode(value, { stream: true }));
      yield* arrived.splice(0);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof AuraError) throw error;
    throw new AuraError('server_unreachable', 'The event stream was cut.', { cause: error });
  } finally {
    // A browser calls a request failed that is aborted just after its end.
    if (!isOver) connection.close();
  }
}
