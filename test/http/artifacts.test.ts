import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { jobSchema } from '../../src/protocol/index.ts';
import { artifactKey } from '../../src/storage/artifact-key.ts';
import { readWhole } from '../conformance/raw-stream.ts';
import { openServer, post, type TestServer, videoBytes } from './open-server.ts';
import { problemOf } from './problem-of.ts';

const title = 'Größe "1/2": 日本 😀';
const size = videoBytes.length;
const etag = `"${createHash('sha256').update(videoBytes).digest('hex')}"`;

let server: TestServer;
let address: string;
before(async () => {
  server = await openServer();
  const scenes = [{ id: 'a', narration: [{ text: 'Hi.' }] }];
  const response = await fetch(
    `${server.url}/api/jobs`,
    post({ composition: { version: 1, title, scenes } }),
  );
  const { id } = jobSchema.parse(await response.json());
  await readWhole(server.port, `/api/jobs/${id}/events`);
  address = `${server.url}/api/jobs/${id}/artifacts/video.mp4`;
});
after(() => server[Symbol.asyncDispose]());

const ask = (headers: Record<string, string> = {}, method = 'GET') => fetch(address, { method, headers });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('a whole artifact', () => {
  it('comes with its type, size and tag', async () => {
    const response = await ask();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'video/mp4');
    assert.equal(response.headers.get('content-length'), String(size));
    assert.equal(response.headers.get('accept-ranges'), 'bytes');
    assert.equal(response.headers.get('etag'), etag);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.deepEqual(await bytesOf(response), videoBytes);
  });

  it('says the same to HEAD, without the bytes', async () => {
    const head = await ask({}, 'HEAD');
    const get = await ask();
    for (const name of ['content-type', 'content-length', 'etag', 'accept-ranges', 'content-disposition']) {
      assert.equal(head.headers.get(name), get.headers.get(name), name);
    }
    assert.equal((await bytesOf(head)).length, 0);
    assert.equal((await ask({ range: 'bytes=0-1' }, 'HEAD')).status, 200);
  });

  it('is shown by default and saved under the job’s title when asked', async () => {
    assert.match((await ask()).headers.get('content-disposition') ?? '', /^inline; filename="/);
    const saved = (await fetch(`${address}?download`)).headers.get('content-disposition') ?? '';
    assert.match(saved, /^attachment; filename="[\x20-\x7e]+\.mp4"; /);
    const encoded = /filename\*=UTF-8''(\S+)$/.exec(saved)?.[1] ?? '';
    assert.equal(decodeURIComponent(encoded), 'Größe 1 2 日本 😀.mp4');
  });

  it('is not sent again to who has it', async () => {
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await ask({ 'if-none-match': tag });
      assert.equal(response.status, 304, tag);
      assert.equal(response.headers.get('etag'), etag);
      assert.equal((await bytesOf(response)).length, 0);
    }
    assert.equal((await ask({ 'if-none-match': '"other"' })).status, 200);
    assert.equal((await ask({ 'if-none-match': etag, range: 'bytes=0-1' })).status, 304);
  });

  it('is not there under another name', async () => {
    for (const name of ['video.mp3', '..', '%2e%2e%2fvideo.mp4', 'video.mp4%00', 'constructor']) {
      const response = await fetch(address.replace('video.mp4', name));
      assert.equal(response.status, 404, name);
    }
    const problem = await problemOf(await fetch(address.replace('video.mp4', 'poster.jpg')));
    assert.equal(problem.code, 'artifact_not_found');
    assert.match(problem.detail, /video\.mp4/);
  });
});

describe('a part of an artifact', () => {
  const parts: readonly (readonly [range: string, first: number, last: number])[] = [
    ['bytes=0-0', 0, 0],
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, size - 1],
    [`bytes=${size - 1}-`, size - 1, size - 1],
    ['bytes=500-99999999999999999999', 500, size - 1],
    ['bytes=-1', size - 1, size - 1],
    ['bytes=-100', size - 100, size - 1],
    ['bytes=-99999', 0, size - 1],
    ['BYTES=5-6', 5, 6],
  ];
  for (const [range, first, last] of parts) {
    it(range, async () => {
      const response = await ask({ range });
      assert.equal(response.status, 206);
      assert.equal(response.headers.get('content-range'), `bytes ${first}-${last}/${size}`);
      assert.equal(response.headers.get('content-length'), String(last - first + 1));
      assert.deepEqual(await bytesOf(response), videoBytes.subarray(first, last + 1));
    });
  }

  for (const range of [`bytes=${size}-`, `bytes=${size}-${size + 5}`, 'bytes=-0', 'bytes=99999999999-']) {
    it(`${range} cannot be had`, async () => {
      const response = await ask({ range });
      assert.equal(response.headers.get('content-range'), `bytes */${size}`);
      assert.equal((await problemOf(response)).code, 'range_invalid');
    });
  }

  for (const range of [
    'bytes=5-4',
    'bytes=0-1,4-5',
    'bytes=a-b',
    'bytes=-',
    'bytes=',
    'lines=1-2',
    'nonsense',
  ]) {
    it(`${range} is ignored`, async () => {
      const response = await ask({ range });
      assert.equal(response.status, 200);
      assert.deepEqual(await bytesOf(response), videoBytes);
    });
  }

  it('is given only of the version the client has begun', async () => {
    assert.equal((await ask({ range: 'bytes=1-2', 'if-range': etag })).status, 206);
    assert.equal((await ask({ range: 'bytes=1-2', 'if-range': '"other"' })).status, 200);
    assert.equal((await ask({ range: 'bytes=1-2', 'if-range': `W/${etag}` })).status, 200);
    assert.equal((await ask({ range: 'bytes=1-2', 'if-range': new Date().toUTCString() })).status, 200);
    assert.equal((await ask({ range: 'bytes=99999-', 'if-range': '"other"' })).status, 200);
  });
});

// The last: the file is gone afterwards.
it('is not a fault of the server when its bytes were removed', async () => {
  const sha256 = etag.slice(1, -1);
  await server.storage.remove(artifactKey({ name: 'video.mp4', sha256 }));
  assert.equal((await problemOf(await ask())).code, 'artifact_not_found');
});
