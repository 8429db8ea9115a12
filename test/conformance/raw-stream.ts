import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** An event stream as its bytes come in, read from a socket of our own: nothing in between can smooth it over. */
export class RawStream {
  readonly socket: Socket;
  /** Status line and header lines. */
  head = '';
  /** The body, chunk framing removed. */
  body = '';
  readonly messages: EventSourceMessage[] = [];
  hasEnded = false;
  #unread = Buffer.alloc(0);
  readonly #parser = createParser({ onEvent: (message) => this.messages.push(message) });
  readonly #decoder = new TextDecoder();
  #changed = Promise.withResolvers<void>();

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('close', () => {
      this.hasEnded = true;
      this.#changed.resolve();
    });
    socket.on('error', () => {});
  }

  /** Resolves as soon as `isTrue` holds; it is looked at again whenever bytes arrive and when the connection closes. */
  async until(isTrue: (stream: this) => boolean): Promise<void> {
    while (!isTrue(this)) {
      if (this.hasEnded) throw new Error(`the stream ended first: ${this.head}${this.body.slice(-2_000)}`);
      await this.#changed.promise;
      this.#changed = Promise.withResolvers();
    }
  }

  get status(): number {
    return Number(this.head.split(' ')[1]);
  }

  header(name: string): string | undefined {
    return new RegExp(`^${name}: (.*)$`, 'im').exec(this.head)?.[1]?.trim();
  }

  #take(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    if (this.head === '') this.#takeHead();
    if (this.head !== '') this.#takeBody();
    this.#changed.resolve();
  }

  #takeHead(): void {
    const end = this.#unread.indexOf('\r\n\r\n');
    if (end < 0) return;
    this.head = `${this.#unread.subarray(0, end).toString('latin1')}\r\n`;
    this.#unread = this.#unread.subarray(end + 4);
  }

  #takeBody(): void {
    if (this.header('transfer-encoding') !== 'chunked') {
      this.#deliver(this.#unread);
      this.#unread = Buffer.alloc(0);
      return;
    }
    for (;;) {
      const lineEnd = this.#unread.indexOf('\r\n');
      const size = Number.parseInt(this.#unread.subarray(0, lineEnd).toString('latin1'), 16);
      if (lineEnd < 0 || this.#unread.length < lineEnd + 2 + size + 2) return;
      this.#deliver(this.#unread.subarray(lineEnd + 2, lineEnd + 2 + size));
      this.#unread = this.#unread.subarray(lineEnd + 2 + size + 2);
    }
  }

  #deliver(bytes: Buffer): void {
    const text = this.#decoder.decode(bytes, { stream: true });
    this.body += text;
    this.#parser.feed(text);
  }
}

/** Opens a stream with a request written by hand. */
export async function openRaw(
  port: number,
  path: string,
  { headers = {}, method = 'GET' }: { headers?: Record<string, string>; method?: string } = {},
): Promise<RawStream> {
  const socket = connect({ host: '127.0.0.1', port });
  const stream = new RawStream(socket);
  await once(socket, 'connect');
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, Accept: 'text/event-stream', ...headers });
  socket.write(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  return stream;
}

/** Opens a stream and waits until the server has closed it. */
export async function readWhole(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<RawStream> {
  const stream = await openRaw(port, path, { headers: { Connection: 'close', ...headers } });
  await stream.until((current) => current.hasEnded);
  return stream;
}
