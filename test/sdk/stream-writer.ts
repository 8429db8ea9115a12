import type { ServerResponse } from 'node:http';

export interface Message {
  readonly event: string;
  readonly id?: number;
  readonly data: string;
}

/** What a stream does wrong, or only unusually. */
export interface Misbehaviour {
  /** Answers this status with a page of HTML instead of the stream. */
  readonly status?: number;
  /** Cuts the TCP connection after so many messages. */
  readonly cutAfter?: number;
  /** Ends properly after so many messages. */
  readonly endAfter?: number;
  /** Sends nothing at all, not even a heartbeat, after so many messages. */
  readonly silentAfter?: number;
  /** Writes pieces of so many bytes, whatever they cut in two. */
  readonly pieceBytes?: number;
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  /** Comments, unknown fields and unknown event types between the messages. */
  readonly isNoisy?: boolean;
  /** Sends the last so many events before the position asked for once more. */
  readonly repeats?: number;
  /** Leaves out the event of this number. */
  readonly without?: number;
  /** Puts text that is not JSON in place of the event of this number. */
  readonly garbled?: number;
  /** Begins with a line that has no end, for as long as somebody reads it. */
  readonly isEndless?: boolean;
  /** A `retry:` field, in milliseconds. */
  readonly retry?: number;
}

/** One open stream: writes messages until told to cut, and remembers how many it wrote. */
export class StreamWriter {
  readonly #response: ServerResponse;
  readonly #manner: Misbehaviour;
  #written = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(response: ServerResponse, manner: Misbehaviour) {
    this.#response = response;
    this.#manner = manner;
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    if (manner.retry !== undefined) this.#enqueue(`retry: ${manner.retry}\n\n`);
    if (manner.isEndless) this.#then(() => this.#writeForEver());
    if (manner.endAfter === 0) this.end();
  }

  write(message: Message): void {
    const { silentAfter = Number.POSITIVE_INFINITY, cutAfter, endAfter } = this.#manner;
    if (
      this.#written >=
      Math.min(silentAfter, cutAfter ?? Number.POSITIVE_INFINITY, endAfter ?? Number.POSITIVE_INFINITY)
    )
      return;
    this.#written += 1;
    this.#enqueue(this.#text(message));
    if (this.#written === cutAfter) this.#then(() => this.#response.destroy());
    if (this.#written === endAfter) this.end();
  }

  end(): void {
    if (this.#manner.silentAfter !== undefined) return;
    this.#then(() => this.#response.end());
  }

  #text({ event, id, data }: Message): string {
    const noise = this.#manner.isNoisy
      ? ': heartbeat\nx-unknown: 1\nevent: from-the-future\ndata: {}\n\n:\n'
      : '';
    const body = id !== undefined && id === this.#manner.garbled ? 'no JSON' : data;
    return `${noise}event: ${event}\n${id !== undefined ? `id: ${id}\n` : ''}data: ${body}\n\n`;
  }

  #enqueue(text: string): void {
    const bytes = Buffer.from(text.replaceAll('\n', this.#manner.lineEnd ?? '\n'));
    const size = this.#manner.pieceBytes ?? bytes.length;
    for (let start = 0; start < bytes.length; start += size) {
      this.#then(() => this.#flush(bytes.subarray(start, start + size)));
    }
  }

  async #writeForEver(): Promise<void> {
    while (!this.#response.destroyed) await this.#flush(Buffer.alloc(1_000_000, 'x'));
  }

  /** Every piece leaves on its own, so that it arrives on its own. */
  #flush(piece: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#response.write(piece, () => setImmediate(resolve)));
  }

  #then(step: () => unknown): void {
    this.#queue = this.#queue.then(async () => void (await step()));
  }
}
