import { once } from 'node:events';
import net from 'node:net';
import { listenOnLoopback } from '../support/loopback.ts';

/** One connection through a relay, and the one it is joined to. */
export interface Line {
  readonly client: net.Socket;
  readonly server: net.Socket;
}

export interface Relay extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Ends every connection there is; new ones are taken. */
  cut(): void;
}

/**
 * A TCP relay on the loopback interface. `port` says where each new connection goes; `tamper` may listen to it, spoil it, or
 * answer in the server's place (true then: it is not joined).
 */
export async function openRelay(
  port: () => number,
  tamper: (line: Line) => boolean | undefined = () => undefined,
): Promise<Relay> {
  const open = new Set<net.Socket>();
  const relay = net.createServer((client) => {
    const server = net.connect(port(), '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    if (tamper({ client, server }) === true) return;
    client.pipe(server).pipe(client);
  });
  const ownPort = await listenOnLoopback(relay);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${ownPort}`,
    port: ownPort,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      relay.close();
      await once(relay, 'close');
    },
  };
}
