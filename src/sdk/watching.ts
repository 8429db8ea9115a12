import type { EventSourceMessage } from 'eventsource-parser';
import { AuraError, errorTable } from '../protocol/index.ts';
import { UnreadableMessage } from './fold.ts';
import type { Http } from './http.ts';

/** How a watcher hears of what it watches: by the stream, by asking every few seconds, or not at all at the moment. */
export type Connection = 'live' | 'polling' | 'offline';

export interface WatchOptions {
  /** Ends the watching at once; the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the way of hearing changes. */
  readonly onConnection?: ((connection: Connection) => void) | undefined;
}

export interface WatchTiming {
  /** Silence after which a connection counts as dead, in seconds. The server's heartbeat comes every 10 s. */
  readonly silenceSeconds: number;
  /** Longest pause before the first reconnect, in seconds; the next ones come ever later. */
  readonly retrySeconds: number;
  /**
   * How long a stream may bring nothing at all before the state is asked for beside it, in seconds. The server's first bytes
   * come at once: a proxy holds them back, or the job does not exist yet.
   */
  readonly quietSeconds: number;
  /** Pause between two such questions, in seconds. */
  readonly pollSeconds: number;
}

export const defaultTiming: WatchTiming = {
  silenceSeconds: 25,
  retrySeconds: 0.25,
  quietSeconds: 5,
  pollSeconds: 2,
};

/** What is watched, and how what comes of it is understood. */
export interface Source<Known> {
  /** Of the event stream. */
  readonly path: string;
  /** Where a stream goes on for a client that knows this much; undefined to get all of it again. */
  position(known: Known): string | undefined;
  /** Takes a message in. @throws {UnreadableMessage} when only the whole state can help. */
  fold(known: Known | undefined, message: EventSourceMessage): Known | undefined;
  /** Whether there is more in it than was known. Each of these pays for a quick reconnect, so they must come to an end. */
  isNews(before: Known | undefined, now: Known): boolean;
  /** Asks for the whole state, while the stream cannot be had. Undefined when it brings nothing new. */
  ask(known: Known | undefined, signal: AbortSignal | undefined): Promise<Known | undefined>;
  /** Nothing comes after this but the end of the stream. */
  hasEnded(known: Known): boolean;
}

/** A watch, as it was asked for. */
export interface Watch<Known> extends WatchOptions {
  readonly http: Http;
  readonly timing: WatchTiming;
  readonly source: Source<Known>;
}

/** What is kept from one connection to the next. */
export interface Session<Known> {
  known: Known | undefined;
  /** Connections since the last good one, the present one included: none while it is a good one. */
  failures: number;
  retryHintSeconds: number | undefined;
  connection?: Connection;
  /** The last connection brought nothing for so long that the state was asked for beside it. */
  isHeldBack: boolean;
}

export function hasEnded<Known>({ source }: Watch<Known>, { known }: Session<Known>): boolean {
  return known !== undefined && source.hasEnded(known);
}

/** The watch's own signal and another one, whichever comes first. */
export function withOwn({ signal }: WatchOptions, other: AbortSignal): AbortSignal {
  return signal === undefined ? other : AbortSignal.any([signal, other]);
}

export function report<Known>(watch: Watch<Known>, session: Session<Known>, connection: Connection): void {
  if (session.connection === connection) return;
  session.connection = connection;
  watch.onConnection?.(connection);
}

/** Whether the same thing tried again can bring what was asked for. */
export function canHelpToRetry(error: unknown): boolean {
  return (
    error instanceof UnreadableMessage || (error instanceof AuraError && errorTable[error.code].retryable)
  );
}
