import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type ErrorCode, problemSchema } from '../../src/protocol/index.ts';
import { openServer, post, script, type TestServer } from './open-server.ts';
import { problemOf } from './problem-of.ts';

let server: TestServer;
before(async () => {
  server = await openServer();
});
after(() => server[Symbol.asyncDispose]());

const send = (path: string, request?: RequestInit) => fetch(`${server.url}${path}`, request);
const composition = (changes: object) => ({
  composition: { version: 1, title: 'T', scenes: [{ id: 'a', narration: [{ text: 'Hi.' }] }], ...changes },
});

describe('a body that is wrong', () => {
  const cases: readonly (readonly [
    what: string,
    body: unknown,
    code: ErrorCode,
    issuePaths?: readonly string[],
  ])[] = [
    ['is not JSON', '{"script": ', 'body_not_json'],
    ['is empty', '', 'body_not_json'],
    ['is null', 'null', 'body_not_json'],
    ['is an array', '[]', 'body_invalid', ['']],
    ['is a string', '"# Hello"', 'body_invalid', ['']],
    ['has neither script nor composition', {}, 'body_invalid', ['']],
    ['has both', { script, ...composition({}) }, 'body_invalid', ['']],
    ['has an unknown field', { script, scrpit: 1, colour: 2 }, 'body_invalid', ['scrpit', 'colour']],
    ['has __proto__ as a field', '{"script":"x","__proto__":{"a":1}}', 'body_invalid', ['__proto__']],
    ['has a number for a script', { script: 7 }, 'body_invalid', ['script']],
    ['has an id that is none', { id: 'my-job', script }, 'body_invalid', ['id']],
    [
      'has an unknown field deep inside',
      composition({ video: { widht: 2 } }),
      'composition_invalid',
      ['composition.video.widht'],
    ],
    [
      'has an odd width',
      { script, output: { width: 101, height: 100 } },
      'dimensions_invalid',
      ['output.width'],
    ],
    [
      'has odd sides in the composition',
      composition({ video: { width: 101, height: 99 } }),
      'dimensions_invalid',
      ['composition.video.width', 'composition.video.height'],
    ],
    [
      'has a side that is too large',
      { script, output: { width: 8192, height: 100 } },
      'dimensions_invalid',
      ['output.width'],
    ],
    ['has a width but no height', { script, output: { width: 100 } }, 'body_invalid', ['output']],
    ['has an impossible frame rate', { script, output: { fps: 31 } }, 'body_invalid', ['output.fps']],
    ['has no scenes', composition({ scenes: [] }), 'composition_invalid', ['composition.scenes']],
    [
      'names an asset wrongly',
      { script, assets: { 'a.png': '../../etc/passwd' } },
      'body_invalid',
      ['assets.a.png'],
    ],
    ['has an empty script', { script: '' }, 'script_empty'],
    ['has a script of blanks', { script: ' \n\t ' }, 'script_empty'],
    ['has a script without narration', { script: '# Only a title\n' }, 'narration_missing'],
    ['has a composition that says nothing', composition({ scenes: [{ id: 'a' }] }), 'narration_missing'],
    ['has an unknown voice', composition({ voice: { name: 'nobody' } }), 'voice_unknown'],
    ['has a picture nobody uploaded', { script: '# T\n\nHi.\n\n![x](cat.png)\n' }, 'picture_missing'],
    [
      'has a picture that is not stored',
      { script: '# T\n\nHi.\n\n![x](cat.png)\n', assets: { 'cat.png': `asset:${'0'.repeat(64)}` } },
      'picture_missing',
    ],
    ['has a wrong directive', { script: '---\nfps: soon\n---\n# T\n\nHi.\n' }, 'script_invalid'],
    ['has a script that is too long', { script: `# T\n\n${'word '.repeat(300_000)}` }, 'script_too_long'],
    ['has 50 MB of text', { script: 'x'.repeat(50_000_000) }, 'body_too_large'],
    [
      'is nested a hundred thousand times',
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      'body_invalid',
      [''],
    ],
    [
      'has ten thousand unknown fields',
      Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, 1])),
      'body_invalid',
    ],
  ];
  for (const [what, body, code, issuePaths] of cases) {
    it(`${what}: ${code}`, async () => {
      const problem = await problemOf(await send('/api/jobs', post(body)));
      assert.equal(problem.code, code, problem.detail);
      if (issuePaths !== undefined)
        assert.deepEqual(
          problem.issues?.map(({ path }) => path),
          issuePaths,
        );
      assert.ok(problem.detail.length <= 600, 'a detail is for reading');
    });
  }

  it('made no job', async () => {
    assert.deepEqual(await (await send('/api/jobs')).json(), { jobs: [], nextCursor: null });
  });

  it('can be 50 MB without a length, too', async () => {
    const piece = new TextEncoder().encode('x'.repeat(1_000_000));
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (sent++ < 50) controller.enqueue(piece);
        else controller.close();
      },
    });
    const request = { ...post(''), body, duplex: 'half' } as RequestInit;
    assert.equal((await problemOf(await send('/api/jobs', request))).code, 'body_too_large');
  });

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'a/b',
    'nonsense',
  ]) {
    it(`is of type ${type}`, async () => {
      const request = { method: 'POST', headers: { 'content-type': type }, body: '{"script":"x"}' };
      assert.equal((await problemOf(await send('/api/jobs', request))).code, 'content_type_unsupported');
    });
  }
});

describe('a query that is wrong', () => {
  for (const query of [
    'limit=0',
    'limit=101',
    'limit=ten',
    'limit=1.5',
    'cursor=nonsense',
    'cursor=',
    'page=2',
  ]) {
    it(query, async () => {
      const problem = await problemOf(await send(`/api/jobs?${query}`));
      assert.equal(problem.code, 'body_invalid');
      assert.deepEqual(
        problem.issues?.map(({ path }) => path),
        [query.split('=')[0]],
      );
    });
  }
});

describe('an address that is wrong', () => {
  for (const path of [
    '/api',
    '/api/',
    '/api/nothing',
    '/nothing',
    '/api/jobs/a/b/c',
    '/%zz',
    '/api/%E0%A4%A',
    '//evil',
    '/..%2f..%2fetc%2fpasswd',
  ]) {
    it(`${path}: route_not_found`, async () => {
      assert.equal((await problemOf(await send(path))).code, 'route_not_found');
    });
  }

  for (const [method, path, allow] of [
    ['DELETE', '/api/jobs', 'GET, HEAD, POST'],
    ['PUT', `/api/jobs/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, 'DELETE, GET, HEAD'],
    ['GET', '/api/jobs/x/cancel', 'POST'],
    ['POST', '/api/jobs/x/events', 'GET, HEAD'],
    ['PATCH', '/api/health?x=1', 'GET, HEAD'],
    ['GET', '/api/assets', 'POST'],
    ['OPTIONS', '/api/voices', 'GET, HEAD'],
  ] as const) {
    it(`${method} ${path}: 405, ${allow}`, async () => {
      const response = await send(path, { method });
      assert.equal(response.headers.get('allow'), allow);
      assert.equal((await problemOf(response)).code, 'method_not_allowed');
    });
  }
});

describe('a request id', () => {
  it('is the client’s when it is safe, and is in the log', async () => {
    const response = await send('/api/nothing', { headers: { 'x-request-id': 'my-id_1.2:3' } });
    assert.equal(response.headers.get('x-request-id'), 'my-id_1.2:3');
    assert.equal((await problemOf(response)).requestId, 'my-id_1.2:3');
    assert.ok(
      server.logLines.some(
        ({ requestId, code }) => requestId === 'my-id_1.2:3' && code === 'route_not_found',
      ),
    );
  });

  for (const id of ['', 'a b', 'x'.repeat(65), 'ümlaut', '"><script>', '{}']) {
    it(`is a new one instead of ${JSON.stringify(id)}`, async () => {
      const response = await send('/api/health', {
        headers: { 'x-request-id': Buffer.from(id).toString('latin1') },
      });
      assert.match(response.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    });
  }
});

describe('what is not HTTP', () => {
  for (const [what, bytes] of [
    ['nonsense', 'hello\r\n\r\n'],
    ['a header that never ends', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['a request without a host', 'GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ] as const) {
    it(what, async () => {
      const socket = connect(server.port, '127.0.0.1');
      socket.end(bytes);
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      await once(socket, 'close');
      assert.match(text, /^HTTP\/1\.1 400 /);
      const [head = '', body = ''] = text.split('\r\n\r\n');
      const problem = problemSchema.parse(JSON.parse(body));
      assert.equal(problem.code, 'request_malformed');
      assert.ok(head.toLowerCase().includes(`x-request-id: ${problem.requestId}`));
    });
  }
});

it('logs nothing as a fault of the server', () => {
  assert.deepEqual(
    server.logLines.filter(({ level }) => Number(level) >= 50),
    [],
  );
});
