import type { ServerResponse } from 'node:http';
import { heartbeatFrame, retryFrame } from './frames.ts';

/** One client's open stream. */
export interface OpenStream {
  /** Aborts with a StreamClosed when the client has gone, was cut off, or the server closes. */
  readonly signal: AbortSignal;
  /** Writes a frame and waits until there is room for the next. @throws {StreamClosed} */
  send(frame: string | Uint8Array): Promise<void>;
  /** Writes a frame unless it would have to wait; false then. For what the next one replaces. */
  offer(frame: string | Uint8Array): boolean;
  /** Ends the response after what was written. */
  end(): void;
}

interface StreamOptions {
  readonly heartbeatSeconds: number;
  /** Aborted here when the client is cut off. */
  readonly closing: AbortController;
}

/**
 * Starts a `text/event-stream` response, with the headers already set on it. Beyond the socket's own buffer no more than
 * one frame is held for a client: `send` waits. A client for whom no room comes for two heartbeats is cut off; it can
 * resume by id.
 */
export function openStream(response: ServerResponse, options: StreamOptions): OpenStream {
  const { signal } = options.closing;
  response.socket?.setNoDelay(true);
  response.shouldKeepAlive = false;
  response.on('error', () => options.closing.abort(new StreamClosed('client left')));
  response.writeHead(200, streamHeaders);
  response.write(retryFrame);
  const heartbeat = startHeartbeat(response, options);
  signal.addEventListener('abort', () => clearInterval(heartbeat), { once: true });

  return {
    signal,
    async send(frame) {
      signal.throwIfAborted();
      if (!response.write(frame)) await drained(response, signal);
    },
    offer(frame) {
      if (signal.aborted || response.writableNeedDrain) return false;
      response.write(frame);
      return true;
    },
    end() {
      clearInterval(heartbeat);
      response.end();
    },
  };
}

/** Why a stream was over before the job was. */
export class StreamClosed extends Error {
  override readonly name = 'StreamClosed';
}

export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

function startHeartbeat(response: ServerResponse, { heartbeatSeconds, closing }: StreamOptions) {
  let stalledBeats = 0;
  // A busy stream is waiting for room most of the time; it is stalled only when none comes.
  response.on('drain', () => {
    stalledBeats = 0;
  });
  return setInterval(() => {
    stalledBeats = response.writableNeedDrain ? stalledBeats + 1 : 0;
    if (stalledBeats === 0) response.write(heartbeatFrame);
    if (stalledBeats <= 2) return;
    closing.abort(new StreamClosed('too slow'));
    response.destroy();
  }, heartbeatSeconds * 1_000);
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      response.removeListener('drain', settle);
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    response.once('drain', settle);
    signal.addEventListener('abort', settle, { once: true });
  });
}
