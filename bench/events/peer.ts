import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a process does for the one that started it, by name. */
export type Offer = Readonly<Record<string, (input: never) => unknown>>;

/** A process of this benchmark. It is ended when disposed of. */
export interface Peer<Offered extends Offer> extends AsyncDisposable {
  call<Name extends keyof Offered & string>(
    name: Name,
    ...input: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>>;
}

interface Call {
  readonly id: number;
  readonly name: string;
  readonly input: readonly unknown[];
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Starts a program that calls `serveParent` with the functions `Offered`. */
export function startPeer<Offered extends Offer>(
  program: string,
  execArgv: readonly string[] = [],
): Peer<Offered> {
  const child = fork(program, { execArgv: [...execArgv], serialization: 'advanced' });
  const gone = once(child, 'exit');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  child.on('message', (message) => {
    const { id, value, error } = message as Answer;
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(`${program}: ${error}`));
    waiting.delete(id);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${program} ended`));
  });
  return {
    call(name, ...input) {
      const id = ++calls;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      child.send({ id, name, input } satisfies Call);
      // Proven by `serveParent`: the answer is what the function of this name returned.
      return answer.promise as ReturnType<Peer<Offered>['call']> as never;
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await gone;
    },
  };
}

/** Does what the parent calls for, until it lets go. */
export function serveParent(offer: Offer): void {
  // Nor does it live on when the parent has crashed.
  process.once('disconnect', () => process.exit());
  process.on('message', async (message) => {
    const { id, name, input } = message as Call;
    try {
      // Proven by `Peer`, the only caller: the name is one of the offer's, the input is that function's.
      const call = offer[name] as (...input: readonly unknown[]) => unknown;
      process.send?.({ id, value: await call(...input) } satisfies Answer);
    } catch (error) {
      process.send?.({ id, error: String(error instanceof Error ? error.stack : error) } satisfies Answer);
    }
  });
}
