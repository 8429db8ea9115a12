import { createParser, type EventSourceMessage, type ParseError } from 'eventsource-parser';
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
 * Opens an event stream, as far as its first bytes. Undefined when the server has nothing left to send (204).
 *
 * @throws {AuraError} server_unreachable when it does not answer, falls silent or is cut; the problem's code otherwise.
 */
export async function openEventStream(
  options: EventStreamOptions,
): Promise<AsyncGenerator<EventSourceMessage, void, undefined> | undefined> {
  const connection = openConnection(options);
  try {
    const response = await connection.guard(options.http.open(requestOf(options, connection.signal)));
    const body = response.body;
    if (response.status !== 204 && body !== null && isEventStream(response)) {
      const reader = body.getReader();
      const first = await connection.guard(reader.read());
      if (!first.done) return messages({ reader, first, connection, options });
      throw new AuraError('server_unreachable', 'The event stream brought nothing.');
    }
    connection.close();
    if (response.status === 204) return undefined;
    throw new AuraError('server_unreachable', `${options.path} gave an answer that is not an event stream.`);
  } catch (error) {
    connection.close();
    throw asCut(error, options);
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

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Longest message, in UTF-16 code units: many times what the server ever sends. */
const longestMessage = 8 * 1024 * 1024;

async function* messages(input: {
  readonly reader: Reader;
  readonly first: Awaited<ReturnType<Reader['read']>>;
  readonly connection: Connection;
  readonly options: EventStreamOptions;
}): AsyncGenerator<EventSourceMessage, void, undefined> {
  const { reader, first, connection, options } = input;
  const arrived: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (message) => arrived.push(message),
    onRetry: (milliseconds) => options.onRetryHint(milliseconds / 1000),
    maxBufferSize: longestMessage,
    onError: refuseEndlessMessage,
  });
  // Characters of several bytes may be cut by chunk borders: the decoder keeps their first part.
  const decoder = new TextDecoder();
  let isOver = false;
  try {
    for (let part = first; ; part = await connection.guard(reader.read())) {
      isOver = part.done;
      if (part.done) return;
      options.onHeard?.();
      parser.feed(decoder.decode(part.value, { stream: true }));
      yield* arrived.splice(0);
    }
  } catch (error) {
    throw asCut(error, options);
  } finally {
    // A browser calls a request failed that is aborted just after its end.
    if (!isOver) connection.close();
  }
}

function refuseEndlessMessage({ type }: ParseError): void {
  if (type !== 'max-buffer-size-exceeded') return;
  throw new AuraError('server_unreachable', `A message is longer than ${longestMessage} characters.`);
}

/** What broke the stream, as the caller is to see it. @throws the reason of the signal given. */
function asCut(error: unknown, { signal }: EventStreamOptions): AuraError {
  signal?.throwIfAborted();
  if (error instanceof AuraError) return error;
  return new AuraError('server_unreachable', 'The event stream was cut.', { cause: error });
}
