import { openRelay } from '../conformance/relay.ts';

/** A line to a server that can be cut and mended. */
export interface CuttableProxy extends AsyncDisposable {
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  mend(): void;
}

export async function openCuttableProxy(target: string): Promise<CuttableProxy> {
  const port = Number(new URL(target).port);
  let isCut = false;
  const relay = await openRelay(
    () => port,
    ({ client }) => {
      if (isCut) client.destroy();
      return isCut;
    },
  );
  return {
    url: relay.url,
    cut() {
      isCut = true;
      relay.cut();
    },
    mend() {
      isCut = false;
    },
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  };
}
