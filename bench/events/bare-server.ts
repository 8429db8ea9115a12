import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { streamHeaders } from '../../src/http/event-stream/open-stream.ts';
import { serveParent } from './peer.ts';
import { createSelfReport } from './usage.ts';

/**
 * What Aura is compared with: `node:http` and nothing else. It is told the bytes, and writes them to whoever has opened the
 * path, each event once to each connection.
 */
function createBareServer() {
  const open = new Map<string, { readonly first: Buffer; readonly responses: Set<ServerResponse> }>();
  const server = createServer((request, response) => {
    const path = open.get(request.url ?? '');
    if (path === undefined) return void response.writeHead(404).end();
    response.writeHead(200, streamHeaders);
    response.write(path.first);
    path.responses.add(response);
    response.once('close', () => path.responses.delete(response));
  });
  return {
    ...createSelfReport(),
    async listen(first: Readonly<Record<string, string>>): Promise<number> {
      for (const [path, text] of Object.entries(first)) {
        open.set(path, { first: Buffer.from(text), responses: new Set() });
      }
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    },
    write({ path, text }: { readonly path: string; readonly text: string }): void {
      const bytes = Buffer.from(text);
      for (const response of open.get(path)?.responses ?? []) response.write(bytes);
    },
  };
}

export type BareOffer = ReturnType<typeof createBareServer>;

serveParent(createBareServer());
