import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { type Line, openRelay } from './conformance/relay.ts';
import { heldVideo } from './http/held-video.ts';
import { openServer, type TestServer } from './http/open-server.ts';
import { launchChromium } from './support/chromium.ts';

/** The examples of docs/sdk.md, run as they stand there: only the server's address is another one. */
let server: TestServer;
let folder: string;
let gate = Promise.withResolvers<void>();
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.2, runTask: heldVideo(() => gate.promise) });
  folder = await mkdtemp(join(tmpdir(), 'aura-examples-'));
  // What `npm install /path/to/aura` does.
  await mkdir(join(folder, 'node_modules'));
  await symlink(join(import.meta.dirname, '..'), join(folder, 'node_modules/aura'));
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
  await server[Symbol.asyncDispose]();
});

const videoText = 'video';

describe('the examples of docs/sdk.md', () => {
  before(() => gate.resolve());

  it('Node: follows a job and fetches its video', async () => {
    const file = await save('follow.mjs', await example('Node'));
    const output = await run(process.execPath, [file]);
    assert.match(output, /^\d+ % .+$/m);
    assert.match(output, /^100 % completed$/m);
    assert.equal(await fetched(), videoText);
  });

  it('Node: tells why it failed', async () => {
    const file = await save('refused.mjs', (await example('Node')).replace('This is a video.', ''));
    await assert.rejects(run(process.execPath, [file]), {
      code: 1,
      stderr: /narration_missing|script_empty/,
    });
  });

  it('curl: follows a job and fetches its video', async () => {
    const file = await save('follow.sh', `set -e\n${await example('curl')}`);
    const output = await run('sh', [file]);
    assert.match(output, /^event: snapshot$/m);
    assert.match(output, /^event: completed$/m);
    assert.equal(await fetched(), videoText);
  });
});

it('the example in Python resumes after a cut, gives up a silent line, and ends with the job', async () => {
  gate = Promise.withResolvers();
  const positions: (string | undefined)[] = [];
  await using relay = await openRelay(
    () => server.port,
    (line) => spoil(line, positions),
  );
  const code = (await example('Python', relay.url)).replace('timeout=25', 'timeout=1');
  const output = await run('python3', ['-u', await save('follow.py', code)]);
  const kinds = output
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0])
    .filter((kind) => kind !== 'progress' && kind !== 'preview');
  assert.equal(kinds[0], 'snapshot');
  for (const kind of ['snapshot', 'completed']) {
    assert.equal(kinds.filter((each) => each === kind).length, 1, `${kinds}`);
  }
  assert.equal(kinds.at(-1), 'completed');
  assert.equal(positions.length, 3);
  assert.equal(positions[0], undefined);
  for (const position of positions.slice(1)) assert.match(position ?? '', /^\d+$/);
  assert.equal(await fetched(), videoText);
});

/** The first stream is cut after its snapshot, the second one stays silent, the third one lets the job end. */
function spoil({ client, server: to }: Line, positions: (string | undefined)[]): boolean {
  client.on('data', (bytes) => {
    const request = String(bytes);
    if (!request.includes('/events ')) return;
    const stream = positions.push(/^last-event-id: (.*)$/im.exec(request)?.[1]?.trim());
    if (stream === 1) to.on('data', (answer) => String(answer).includes('event: snapshot') && to.destroy());
    if (stream === 2) to.unpipe(client);
    if (stream === 3) gate.resolve();
  });
  return false;
}

describe('the examples for the browser', () => {
  let browser: Browser;
  before(async () => {
    gate.resolve();
    browser = await launchChromium();
  });
  after(() => browser.close());

  it('EventSource: the bar fills and the video is there', async () => {
    await assertPlays({ 'page.html': await example('EventSource') });
  });

  it('SDK: the bar fills and the video is there', async () => {
    await assertPlays(await bundle(await example('Browser')));
  });

  /** Opens a page as if it came from the server's own address. */
  async function assertPlays(files: Readonly<Record<string, string>>): Promise<void> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    for (const [name, body] of Object.entries(files)) {
      const contentType = name.endsWith('.html') ? 'text/html' : 'text/javascript';
      await page.route(`${server.url}/${name}`, (route) => route.fulfill({ body, contentType }));
    }
    await page.goto(`${server.url}/page.html`);
    await page.waitForFunction(hasPlayer).catch((error) => assert.fail(`${error} ${errors}`));
    await page.close();
    assert.deepEqual(errors, []);
  }
});

/** Evaluated in the page. */
const hasPlayer = `
  document.querySelector('progress').value === 1 && /video\\.mp4$/.test(document.querySelector('video').src)
`;

/** The first code block under a heading of docs/sdk.md, speaking to the test's server. */
async function example(heading: string, url = server.url): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../docs/sdk.md'), 'utf8');
  const [, section] = text.split(`\n### ${heading}\n`);
  const code = /```\w+\n(.*?)```/s.exec(section ?? '')?.[1];
  assert.ok(code, `docs/sdk.md has an example under ${heading}`);
  return code.replaceAll('http://127.0.0.1:5005', url);
}

async function save(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

async function run(program: string, words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, words, { cwd: folder, timeout: 60_000 });
  return stdout;
}

/** The file an example wrote, which no other one can have written. */
async function fetched(): Promise<string> {
  const file = join(folder, 'hello.mp4');
  const text = await readFile(file, 'utf8');
  await rm(file);
  return text;
}

/** What a bundler makes of a page, by name. */
async function bundle(html: string): Promise<Record<string, string>> {
  await save('page.html', html);
  const result = await build({
    ...{ root: folder, configFile: false, logLevel: 'silent' },
    build: { write: false, rollupOptions: { input: join(folder, 'page.html') } },
  });
  if (!('output' in result)) throw new Error('one build has one result');
  return Object.fromEntries(
    result.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]),
  );
}
