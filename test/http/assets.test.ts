import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createCanvas } from '@napi-rs/canvas';
import { type Asset, assetListSchema, limits } from '../../src/protocol/index.ts';
import { fontFile } from '../media/support/font-files.ts';
import { gifOf } from '../pictures/picture-files.ts';
import { pngClaiming } from '../pictures/png-files.ts';
import { svgOf } from '../pictures/svg-files.ts';
import { openServer, type TestServer } from './open-server.ts';
import { problemOf } from './problem-of.ts';

const mostBytes = 300_000;
let server: TestServer;
let expected = 0;
before(async () => {
  server = await openServer({
    assetBytes: mostBytes,
    expectJob: () => {
      expected += 1;
    },
  });
});
after(() => server[Symbol.asyncDispose]());

const picture = createCanvas(40, 30).toBuffer('image/png');
const playlist = Buffer.from('#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n');
const idOf = (bytes: Uint8Array) => `asset:${createHash('sha256').update(bytes).digest('hex')}`;

function upload(...files: readonly (readonly [name: string, bytes: Uint8Array])[]): Promise<Response> {
  const form = new FormData();
  for (const [name, bytes] of files) form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return fetch(`${server.url}/api/assets`, { method: 'POST', body: form });
}

async function assetsOf(response: Response): Promise<Asset[]> {
  assert.equal(response.status, 201, await response.clone().text());
  return assetListSchema.parse(await response.json()).assets;
}

/** Upload folders are siblings: none may be left. */
async function leftOver(): Promise<string[]> {
  const folder = await server.storage.createWorkFolder('look');
  const found = await readdir(dirname(folder));
  await server.storage.removeWorkFolder(folder);
  return found.filter((name) => name.startsWith('upload'));
}

describe('POST /api/assets', () => {
  it('stores what was sent and says what it is', async () => {
    const [asset] = await assetsOf(await upload(['my cat.png', picture]));
    assert.deepEqual(asset, {
      id: idOf(picture),
      name: 'my cat.png',
      kind: 'picture',
      contentType: 'image/png',
      sizeBytes: picture.length,
      width: 40,
      height: 30,
    });
  });

  it('has who uploads expected to order a video', async () => {
    const before = expected;
    await assetsOf(await upload(['cat.png', picture]));
    assert.equal(expected, before + 1);
  });

  it('takes drawings, fonts, timings and animations', async () => {
    const svg = Buffer.from(svgOf('<path d="M0 0h9v9z"/>', 'viewBox="0 0 30 20"'));
    const font = await readFile(fontFile('inter', 'latin', 'woff2'));
    const words = Buffer.from('[{"word": "Hello", "start": 0, "end": 0.4}]');
    const gif = gifOf({ delays: [20, 30] });
    const assets = await assetsOf(await upload(['a', svg], ['b', font], ['c', words], ['d', gif]));
    assert.deepEqual(
      assets.map(({ kind, contentType, width, durationSeconds }) => [
        kind,
        contentType,
        width,
        durationSeconds,
      ]),
      [
        ['picture', 'image/svg+xml', 30, undefined],
        ['font', 'font/woff2', undefined, undefined],
        ['timing', 'application/json', undefined, undefined],
        ['picture', 'image/gif', 8, 0.5],
      ],
    );
  });

  it('serves a drawing so that nothing in it could run', async () => {
    const svg = Buffer.from(svgOf('<g/>'));
    await assetsOf(await upload(['a.svg', svg]));
    const { headers } = await fetch(`${server.url}/api/assets/${idOf(svg)}`);
    assert.equal(headers.get('content-type'), 'image/svg+xml');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'.*; sandbox$/);
  });

  it('gives the same content the same id', async () => {
    const assets = await assetsOf(await upload(['a.png', picture], ['b.jpg', picture]));
    assert.deepEqual(
      assets.map(({ id, name }) => [id, name]),
      [
        [idOf(picture), 'a.png'],
        [idOf(picture), 'b.jpg'],
      ],
    );
  });

  it('keeps a name but no folder of it', async () => {
    const [asset] = await assetsOf(await upload(['../../etc/C:\\x\\猫.png', picture]));
    assert.equal(asset?.name, '猫.png');
  });

  it('serves it again, in parts too', async () => {
    const address = `${server.url}/api/assets/${idOf(picture)}`;
    const whole = await fetch(address);
    assert.equal(whole.headers.get('content-type'), 'image/png');
    assert.deepEqual(Buffer.from(await whole.arrayBuffer()), picture);
    const part = await fetch(address, { headers: { range: 'bytes=1-3' } });
    assert.equal(part.status, 206);
    assert.equal(await part.text(), 'PNG');
    const same = await fetch(address, { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } });
    assert.equal(same.status, 304);
  });
});

describe('an upload that is wrong', () => {
  const refused = [
    ['is empty', () => upload(['nothing.png', new Uint8Array()]), 'asset_empty'],
    ['is too large', () => upload(['big.png', new Uint8Array(mostBytes + 1)]), 'asset_too_large'],
    ['is much too large', () => upload(['huge.png', new Uint8Array(50_000_000)]), 'asset_too_large'],
    ['is text by the name of a picture', () => upload(['a.png', Buffer.from('hello')]), 'asset_unsupported'],
    ['is cut off', () => upload(['a.png', picture.subarray(0, picture.length - 20)]), 'picture_invalid'],
    [
      'is followed by an empty one',
      () => upload(['a.png', picture], ['b.png', new Uint8Array()]),
      'asset_empty',
    ],
    [
      'is empty and followed by much',
      () => upload(['a.png', new Uint8Array()], ['b', new Uint8Array(9_000_000)]),
      'asset_empty',
    ],
    ['has too many pixels', () => upload(['a.png', pngClaiming(12_000, 9_000)]), 'picture_invalid'],
    [
      'is a drawing with a script',
      () => upload(['a.svg', Buffer.from(svgOf('<script/>'))]),
      'picture_invalid',
    ],
    [
      'is a drawing that points at a file',
      () => upload(['a.svg', Buffer.from(svgOf('<image href="file:///etc/passwd"/>'))]),
      'picture_invalid',
    ],
    ['is a playlist by the name of a video', () => upload(['a.mp4', playlist]), 'asset_unsupported'],
    ['is half a font', () => upload(['a.ttf', Buffer.from('\0\x01\0\0\0\x0f', 'latin1')]), 'font_invalid'],
    ['has no file', () => upload(), 'body_invalid'],
    [
      'has too many files',
      () => upload(...Array.from({ length: limits.assetsPerUpload + 1 }, () => ['a.png', picture] as const)),
      'body_too_large',
    ],
  ] as const;
  for (const [what, send, code] of refused) {
    it(`${what}: ${code}`, async () => {
      const problem = await problemOf(await send());
      assert.equal(problem.code, code, problem.detail);
      assert.deepEqual(await leftOver(), []);
    });
  }

  it('is not multipart', async () => {
    for (const type of ['application/json', 'image/png', 'multipart/mixed; boundary=x']) {
      const request = { method: 'POST', headers: { 'content-type': type }, body: '{}' };
      const problem = await problemOf(await fetch(`${server.url}/api/assets`, request));
      assert.equal(problem.code, 'content_type_unsupported', type);
    }
  });

  it('is multipart that ends in the middle', async () => {
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc';
    for (const body of [head, '--x', 'nothing like it']) {
      const headers = { 'content-type': 'multipart/form-data; boundary=x' };
      const problem = await problemOf(
        await fetch(`${server.url}/api/assets`, { method: 'POST', headers, body }),
      );
      assert.equal(problem.code, 'request_malformed', body);
    }
    const headers = { 'content-type': 'multipart/form-data' };
    const problem = await problemOf(
      await fetch(`${server.url}/api/assets`, { method: 'POST', headers, body: 'x' }),
    );
    assert.ok(problem.status < 500, problem.code);
  });

  it('is given up by its sender, and leaves nothing', async () => {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      'POST /api/assets HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n' +
        'Content-Length: 100000\r\n\r\n--x\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\nabc',
    );
    while ((await leftOver()).length === 0) await setImmediate();
    socket.destroy();
    while ((await leftOver()).length > 0) await setImmediate();
  });
});

describe('an asset that is not there', () => {
  for (const id of [`asset:${'0'.repeat(64)}`, 'asset:x', '..%2f..%2fetc', 'x']) {
    it(id, async () => {
      assert.equal((await problemOf(await fetch(`${server.url}/api/assets/${id}`))).code, 'asset_not_found');
    });
  }
});
