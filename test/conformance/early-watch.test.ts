import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Job } from '../../src/protocol/index.ts';
import { AuraClient, type Connection } from '../../src/sdk/index.ts';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { type Line, openRelay } from './relay.ts';
import { waitFor } from './wait-for.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.2, streamWaitSeconds: 1 });
});
after(() => server[Symbol.asyncDispose]());

const timing = { silenceSeconds: 5, retrySeconds: 0.005 };

/** What a line does to the first stream, before the job exists. */
const accidents: Readonly<Record<string, (line: Line) => boolean>> = {
  'is answered 502': ({ client }) => {
    client.once('data', () =>
      client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
    );
    return true;
  },
  'is cut after it was asked for': ({ client, server: to }) => {
    client.once('data', () => setImmediate(() => to.resetAndDestroy()));
    return false;
  },
  'is refused': ({ client }) => {
    client.destroy();
    return true;
  },
};

describe('a job that is watched before it exists', () => {
  for (const [name, accident] of Object.entries(accidents)) {
    it(`is followed to its end when the first stream ${name}`, async () => {
      let connections = 0;
      await using relay = await openRelay(
        () => server.port,
        (line) => connections++ === 0 && accident(line),
      );
      const id = randomUUID();
      const heard: Connection[] = [];
      const states: Job[] = [];
      const watching = collect(new AuraClient({ baseUrl: relay.url, timing }), id, { states, heard });
      // Asked for, it was not there: that says nothing of the future.
      await waitFor(() => heard.includes('polling'));
      await waitFor(() => server.subscriptionCount() > 0);
      await createLoggedJob(server.database, id);
      await waitFor(() => states.length > 0);
      const last = await append(server.database, id, { kind: 'cancelled' });
      await watching;
      assert.deepEqual(states.at(-1), last);
    });
  }

  it('ends the watching when the stream has waited for it in vain, whatever happened before', async () => {
    let connections = 0;
    await using relay = await openRelay(
      () => server.port,
      ({ client }) => {
        if (connections++ === 0) client.destroy();
        return false;
      },
    );
    const id = randomUUID();
    const watching = collect(new AuraClient({ baseUrl: relay.url, timing }), id);
    await assert.rejects(watching, { code: 'job_not_found', message: /appeared in 1\.\d s/ });
  });
});

async function collect(
  client: AuraClient,
  id: string,
  { states, heard }: { readonly states?: Job[]; readonly heard?: Connection[] } = {},
): Promise<void> {
  const onConnection = (connection: Connection) => heard?.push(connection);
  for await (const state of client.job(id).watch({ onConnection })) states?.push(state);
}
