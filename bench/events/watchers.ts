import { connect, type Socket } from 'node:net';
import { createIdReader } from './id-reader.ts';
import { monotonicMilliseconds } from './monotonic.ts';
import { serveParent } from './peer.ts';

/** What many watchers of one path have got. */
interface Audience {
  /** By event: the watchers that have it. */
  readonly counts: Map<number, number>;
  readonly waiting: Map<number, PromiseWithResolvers<void>>;
  watcherCount: number;
}

/** When an event came to one watcher. */
export interface Arrival {
  readonly path: string;
  readonly seq: number;
  readonly atMilliseconds: number;
}

/** One process full of watchers: sockets that look for event ids in what they get, and do nothing else. */
function createWatchers() {
  const audiences = new Map<string, Audience>();
  const sockets: Socket[] = [];
  let arrivals: Arrival[] = [];

  const got = (path: string, seq: number) => {
    arrivals.push({ path, seq, atMilliseconds: monotonicMilliseconds() });
    const audience = audienceOf(audiences, path);
    const count = (audience.counts.get(seq) ?? 0) + 1;
    audience.counts.set(seq, count);
    if (count === audience.watcherCount) audience.waiting.get(seq)?.resolve();
  };
  return {
    /** Opens a connection for each path, some at a time. @returns the milliseconds to each one's first event. */
    async open({ port, paths, atATime = handshakesAtATime }: Opening) {
      for (const path of paths) audienceOf(audiences, path).watcherCount++;
      const rest = [...paths];
      const milliseconds: number[] = [];
      const openRest = async () => {
        for (let path = rest.pop(); path !== undefined; path = rest.pop()) {
          const began = monotonicMilliseconds();
          sockets.push(await openOne({ port, path, got }));
          milliseconds.push(monotonicMilliseconds() - began);
        }
      };
      await Promise.all(Array.from({ length: atATime }, openRest));
      return Float64Array.from(milliseconds);
    },
    /** Resolves when all watchers of the path have the event. */
    async received({ path, seq }: { readonly path: string; readonly seq: number }): Promise<void> {
      const { counts, waiting, watcherCount } = audienceOf(audiences, path);
      if ((counts.get(seq) ?? 0) >= watcherCount) return;
      const complete = waiting.get(seq) ?? Promise.withResolvers<void>();
      waiting.set(seq, complete);
      await complete.promise;
      waiting.delete(seq);
    },
    /** What has come since the last time. */
    takeArrivals(): readonly Arrival[] {
      const taken = arrivals;
      arrivals = [];
      return taken;
    },
    takeArrivalCount(): number {
      const { length } = arrivals;
      arrivals = [];
      return length;
    },
    close(): void {
      for (const socket of sockets.splice(0)) socket.destroy();
      audiences.clear();
    },
  };
}

export type WatchersOffer = ReturnType<typeof createWatchers>;

interface Opening {
  readonly port: number;
  /** One for each watcher. */
  readonly paths: readonly string[];
  /** How many may wait for their first event at one time. */
  readonly atATime?: number;
}

/** Fewer than a server lets wait before it takes them. */
const handshakesAtATime = 50;

function audienceOf(audiences: Map<string, Audience>, path: string): Audience {
  const audience = audiences.get(path) ?? { counts: new Map(), waiting: new Map(), watcherCount: 0 };
  audiences.set(path, audience);
  return audience;
}

interface OpeningOne {
  readonly port: number;
  readonly path: string;
  readonly got: (path: string, seq: number) => void;
}

/** Resolves with its first event. */
function openOne({ port, path, got }: OpeningOne): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const ids = createIdReader((seq) => {
      got(path, seq);
      resolve(socket);
    });
    const onread = {
      buffer: sharedBuffer,
      callback(length: number): boolean {
        ids.read(sharedBuffer.subarray(0, length));
        return true;
      },
    };
    const socket = connect({ host: '127.0.0.1', port, onread });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${path} was closed before its first event`)));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream\r\n\r\n`);
  });
}

/** All sockets read into the same place: each is done with it before the next begins. */
const sharedBuffer = Buffer.alloc(256 * 1024);

serveParent(createWatchers());
