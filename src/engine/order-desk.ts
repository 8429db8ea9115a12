import { AuraError } from '../protocol/index.ts';

export interface OrderDesk {
  /** Does what has to be done before the first order. */
  openAfter(preparation: () => Promise<void>): Promise<void>;
  /** Carries an order out, once open. @throws {AuraError} shutting_down. */
  take<Result>(carryOut: () => Promise<Result>): Promise<Result>;
  close(): void;
}

/** Keeps orders waiting until everything is ready for them, and refuses them when the end has begun. */
export function createOrderDesk(): OrderDesk {
  const opened = Promise.withResolvers<void>();
  // A failure is for whoever opens the desk and for whoever waits at it, if anybody does.
  opened.promise.catch(() => {});
  let isClosed = false;
  return {
    async openAfter(preparation) {
      opened.resolve(preparation());
      await opened.promise;
    },
    async take(carryOut) {
      await opened.promise;
      if (isClosed) throw new AuraError('shutting_down', 'No orders are taken any more.');
      return carryOut();
    },
    close() {
      isClosed = true;
      opened.resolve();
    },
  };
}
