export interface Bell {
  ring(): void;
  /** Resolves when it has been rung since it last did. @throws the signal's reason. */
  rung(): Promise<void>;
}

/** Remembers that it was rung while nobody waited. */
export function createBell(signal: AbortSignal): Bell {
  let next = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => next.reject(signal.reason), { once: true });
  next.promise.catch(() => {});
  return {
    ring: () => next.resolve(),
    async rung() {
      signal.throwIfAborted();
      await next.promise;
      next = Promise.withResolvers();
      next.promise.catch(() => {});
    },
  };
}
