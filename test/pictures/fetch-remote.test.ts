import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type FetchOptions, fetchRemote } from '../../src/pictures/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-fetch-'));
const body = Buffer.alloc(100_000, 'aura');

const routes: Readonly<Record<string, RequestListener>> = {
  '/file': (_request, response) => response.end(body),
  '/headers': (request, response) => response.end(JSON.stringify(request.headers)),
  '/empty': (_request, response) => response.end(),
  '/missing': (_request, response) => response.writeHead(404).end('no'),
  '/large': (_request, response) => response.writeHead(200, { 'content-length': 5_000_000_000 }).write('x'),
  '/endless': (_request, response) => {
    const push = () => {
      while (response.write(body));
    };
    response.on('drain', push);
    push();
  },
  '/half': (_request, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('x', () => response.destroy());
  },
  '/mute': () => {},
  '/stalled': (_request, response) => response.writeHead(200).write('first'),
  '/compressed': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
  '/one-hop': (_request, response) => response.writeHead(302, { location: '/file' }).end(),
  '/loop': (_request, response) => response.writeHead(307, { location: '/loop' }).end(),
  '/nowhere': (_request, response) => response.writeHead(301).end(),
  '/to-metadata': (_request, response) => redirect(response, 'http://169.254.169.254/latest/meta-data/'),
  '/to-other-loopback': (_request, response) => redirect(response, `http://127.0.0.2:${port}/file`),
  '/to-file': (_request, response) => redirect(response, 'file:///etc/passwd'),
};

function redirect(response: Parameters<RequestListener>[1], location: string): void {
  response.writeHead(302, { location }).end();
}

let server: Server;
let port = 0;
before(async () => {
  server = createServer((request, response) => routes[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  port = address.port;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const allowAddress = (address: string) => address === '127.0.0.1';

function fetchPath(path: string, options: Partial<FetchOptions> = {}) {
  const address = `http://127.0.0.1:${port}${path}`;
  return fetchRemote(address, { maximumBytes: 1_000_000, folder, allowAddress, ...options });
}

async function rejectsCleanly(fetching: () => Promise<string>, error: { code: string; message: RegExp }) {
  const before = await readdir(folder);
  await assert.rejects(fetching, { name: 'AuraError', ...error });
  assert.deepEqual(await readdir(folder), before, 'no half file is left');
}

describe('fetching a remote file', () => {
  it('writes exactly what was sent', async () => {
    assert.deepEqual(await readFile(await fetchPath('/file')), body);
    assert.deepEqual(await readFile(await fetchPath('/one-hop')), body);
    assert.equal((await readFile(await fetchPath('/empty'))).length, 0);
  });

  it('tells the other side nothing but what it wants', async () => {
    const headers = JSON.parse(await readFile(await fetchPath('/headers'), 'utf8'));
    assert.deepEqual(Object.keys(headers).sort(), [
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  const places = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://0/',
    'http://localhost/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
  ];
  for (const place of places) {
    it(`does not go to ${place}`, async () => {
      await rejectsCleanly(() => fetchRemote(place, { maximumBytes: 10, folder }), {
        code: 'url_refused',
        message: /which is not a public address/,
      });
    });
  }

  it('takes nothing but http and https', async () => {
    for (const address of ['file:///etc/passwd', 'ftp://example.com/x', 'data:text/plain,x', 'concat:a|b']) {
      const options = { maximumBytes: 10, folder };
      await rejectsCleanly(() => fetchRemote(address, options), {
        code: 'url_refused',
        message: /neither http nor/,
      });
    }
    for (const address of ['', '/etc/passwd', 'http://', 'http://a b/']) {
      const options = { maximumBytes: 10, folder };
      await rejectsCleanly(() => fetchRemote(address, options), {
        code: 'url_refused',
        message: /is not an address/,
      });
    }
    const withPassword = () => fetchRemote('http://me:secret@example.com/', { maximumBytes: 10, folder });
    await rejectsCleanly(withPassword, { code: 'url_refused', message: /^[^:]+ contains a user name/ });
  });

  it('checks where it is sent on to', async () => {
    const refused = (message: RegExp) => ({ code: 'url_refused', message });
    await rejectsCleanly(
      () => fetchPath('/to-metadata'),
      refused(/^169\.254\.169\.254 is at 169\.254\.169\.254/),
    );
    await rejectsCleanly(() => fetchPath('/to-other-loopback'), refused(/is at 127\.0\.0\.2/));
    await rejectsCleanly(() => fetchPath('/to-file'), refused(/neither http nor https/));
    const failed = (message: RegExp) => ({ code: 'fetch_failed', message });
    await rejectsCleanly(() => fetchPath('/loop'), failed(/more than 5 other addresses/));
    await rejectsCleanly(() => fetchPath('/nowhere'), failed(/answered 301/));
  });

  it('connects to the address it checked, not to what the name says later', async () => {
    const checked: string[] = [];
    const allow = (address: string) => checked.push(address) > 0;
    const file = await fetchRemote(`http://localhost:${port}/file`, {
      maximumBytes: 1_000_000,
      folder,
      allowAddress: allow,
    });
    assert.deepEqual(await readFile(file), body);
    assert.ok(checked.includes('127.0.0.1'), `${checked}`);
  });

  it('stops at the largest size, announced or not', async () => {
    for (const path of ['/large', '/endless']) {
      const error = { code: 'asset_too_large', message: new RegExp(`${path} has more than 1000000 bytes`) };
      await rejectsCleanly(() => fetchPath(path), error);
    }
  });

  it('says what was answered', async () => {
    const failed = (message: RegExp) => ({ code: 'fetch_failed', message });
    await rejectsCleanly(() => fetchPath('/missing'), failed(/\/missing answered 404 Not Found/));
    await rejectsCleanly(() => fetchPath('/half'), failed(/could not be fetched: aborted/));
    await rejectsCleanly(() => fetchPath('/compressed'), failed(/compressed \(gzip\)/));
    const nobody = () => fetchRemote('http://nobody.invalid/', { maximumBytes: 10, folder });
    await rejectsCleanly(nobody, failed(/The host nobody\.invalid is not known/));
  });

  it('does not wait for ever', async () => {
    const failed = (message: RegExp) => ({ code: 'fetch_failed', message });
    for (const path of ['/mute', '/stalled']) {
      await rejectsCleanly(() => fetchPath(path, { idleSeconds: 0.2 }), failed(/sent nothing for 0\.2 s/));
      await rejectsCleanly(() => fetchPath(path, { totalSeconds: 0.2 }), failed(/was not here after 0\.2 s/));
    }
  });

  it('stops when it is told to, for the reason given', async () => {
    for (const path of ['/mute', '/stalled', '/endless']) {
      const controller = new AbortController();
      const arrived = new Promise((resolve) => server.once('request', resolve));
      const fetching = fetchPath(path, { signal: controller.signal, maximumBytes: Number.POSITIVE_INFINITY });
      await arrived;
      controller.abort(new Error('cancelled'));
      await assert.rejects(fetching, { message: 'cancelled' });
    }
    await assert.rejects(fetchPath('/file', { signal: AbortSignal.abort(new Error('before')) }), {
      message: 'before',
    });
  });
});
