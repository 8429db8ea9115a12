import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CreateJob, type NewJobEvent, pendingStages, type StageName } from '../../src/protocol/index.ts';
import { type ContractServer, startContractServer, TestJob } from '../sdk/contract-server.ts';
import { numbered } from '../sdk/sample-log.ts';
import { runAura, startAura, temporaryFolder } from './run-aura.ts';

const script = '# Tea\n\nHello.\n\n![Kettle](kettle.png)\n';
const bytes = Buffer.from('not a video, but these very bytes');
const files = {
  'video.mp4': bytes,
  'captions.srt': Buffer.from('1\n'),
  'captions.vtt': Buffer.from('WEBVTT\n'),
};

test('a script is uploaded with its pictures, followed in plain lines, and fetched', async (t) => {
  const { server, cwd } = await setUp(t, { play: playToEnd });
  const words = ['render', 'tea.md', '-o', 'out.mp4', '--subtitles', '--fps', '25', '--server', server.url];
  const { code, stdout, stderr } = await runAura(t, { words, cwd });
  assert.equal(code, 0, stderr);
  assert.deepEqual(await readFile(join(cwd, 'out.mp4')), bytes);
  assert.deepEqual((await readdir(cwd)).sort(), ['kettle.png', 'out.mp4', 'out.srt', 'out.vtt', 'tea.md']);
  assert.match(stdout, /^out\.mp4 {2}33 bytes\nout\.srt {2}2 bytes\nout\.vtt {2}7 bytes\nMade in 0:0\d\.\n$/);
  const [sent] = server.created;
  assert.deepEqual(sent?.output, { fps: 25, container: 'mp4' });
  assert.equal(sent?.script, script);
  const hash = createHash('sha256').update('a picture').digest('hex');
  assert.deepEqual(sent?.assets, { 'kettle.png': `asset:${hash}` });
  assert.equal(server.uploads.get('kettle.png')?.toString(), 'a picture');
});

test('the progress of a thousand ticks is a line a stage and a line every ten percent', async (t) => {
  const { server, cwd } = await setUp(t, { play: playToEnd });
  const { stderr } = await runAura(t, { words: ['render', 'tea.md', '--server', server.url], cwd });
  const lines = stderr.trimEnd().split('\n');
  assert.ok(lines.length >= 8 && lines.length <= 16, stderr);
  assert.ok(lines.includes('warning: scene-2: The picture is small.'), stderr);
  assert.ok(!stderr.includes('\u001b') && !stderr.includes('\r'), 'no control characters');
  for (const stage of ['Speaking', 'Planning', 'Drawing', 'Finishing'])
    assert.ok(stderr.includes(stage), stage);
  assert.match(lines.at(-1) ?? '', /^100 % {2}Done$/);
  assert.ok((await readdir(cwd)).includes('tea.mp4'), 'named after the script');
});

test('Ctrl-C cancels the export, waits for its end and leaves nothing behind: exit code 130', async (t) => {
  let asked: TestJob | undefined;
  const { server, cwd } = await setUp(t, {
    play: (job) => job.append({ kind: 'started' }),
    cancel: (job) => {
      job.append({ kind: 'cancelling' });
      asked = job;
    },
  });
  const aura = startAura(t, { words: ['render', 'tea.md', '--server', server.url], cwd });
  await aura.until(/Waiting/);
  aura.kill('SIGINT');
  await aura.until(/Cancelling; press Ctrl-C again[\s\S]*Cancelling/);
  asked?.append({ kind: 'cancelled' });
  const { code, stderr, stdout } = await aura.ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /\nCancelled; nothing was written\.\n$/);
  assert.equal(stdout, '');
  assert.deepEqual((await readdir(cwd)).sort(), ['kettle.png', 'tea.md']);
});

test('an export that somebody else cancels ends the command with its reason: exit code 130', async (t) => {
  const { server, cwd } = await setUp(t, {
    play: (job) => {
      job.append({ kind: 'started' });
      job.append({ kind: 'cancelled' });
    },
  });
  const { code, stderr } = await runAura(t, { words: ['render', 'tea.md', '--server', server.url], cwd });
  assert.match(stderr, /aura: The job was cancelled: “Tea” was cancelled/);
  assert.equal(code, 130);
});

test('Ctrl-C twice leaves at once', async (t) => {
  const { server, cwd } = await setUp(t, { play: (job) => job.append({ kind: 'started' }) });
  const aura = startAura(t, { words: ['render', 'tea.md', '--server', server.url], cwd });
  await aura.until(/Waiting/);
  aura.kill('SIGINT');
  await aura.until(/Cancelling; press/);
  // Two signals within a quarter of a second are one key press, passed on by every process in between.
  const again = setInterval(() => aura.kill('SIGINT'), 50);
  t.after(() => clearInterval(again));
  const { code } = await aura.ended;
  assert.equal(code, 130);
});

test('a failed export tells what, where and what to do: exit code 1', async (t) => {
  const { server, cwd } = await setUp(t, {
    play: (job) => {
      job.append({ kind: 'started' });
      job.append({
        kind: 'failed',
        error: {
          code: 'narration_failed',
          title: 'A passage could not be spoken',
          detail: 'The voice gave no sound.',
          action: 'Change its text or its voice, then retry.',
          retryable: true,
          fault: 'ours',
          place: { scene: 'scene-2', stage: 'narrate' },
        },
      });
    },
  });
  const { code, stderr } = await runAura(t, { words: ['render', 'tea.md', '--server', server.url], cwd });
  assert.match(stderr, /^Failed$/m);
  assert.match(stderr, /aura: A passage could not be spoken: The voice gave no sound\./);
  assert.match(stderr, / {2}where: tea\.md, scene scene-2, stage narrate/);
  assert.match(stderr, / {2}to do: Change its text or its voice/);
  assert.equal(code, 1);
});

test('a file that arrives damaged is not left under the name asked for', async (t) => {
  const { server, cwd } = await setUp(t, {
    play: playToEnd,
    files: { ...files, 'video.mp4': Buffer.from('other') },
  });
  const words = ['render', 'tea.md', '-o', 'out.mp4', '--server', server.url];
  const { code, stderr } = await runAura(t, { words, cwd });
  assert.match(stderr, /video\.mp4 arrived damaged/);
  assert.equal(code, 1);
  assert.deepEqual((await readdir(cwd)).sort(), ['kettle.png', 'tea.md']);
});

test('a server that is not there is told at once: exit code 1', async (t) => {
  const { server, cwd } = await setUp(t, { play: playToEnd });
  await server.close();
  const render = await runAura(t, { words: ['render', 'tea.md', '--server', server.url], cwd });
  const watch = await runAura(t, { words: ['watch', jobId, '--server', server.url], cwd });
  for (const { code, stderr } of [render, watch]) {
    assert.ok(stderr.includes(`The server at ${server.url} did not answer`), stderr);
    assert.equal(code, 1);
  }
});

test('watch follows a job to its end and names its files', async (t) => {
  const { server, cwd } = await setUp(t, {});
  const job = new TestJob(numbered([created(jobId)]));
  server.jobs.set(jobId, job);
  const aura = startAura(t, { words: ['watch', jobId, '--server', server.url], cwd });
  await aura.until(/Waiting/);
  playToEnd(job);
  const { code, stdout } = await aura.ended;
  assert.equal(code, 0);
  assert.ok(stdout.includes(`${server.url}/api/jobs/${jobId}/artifacts/video.mp4  33 bytes\n`), stdout);
});

test('leaving watch with Ctrl-C leaves the job alone', async (t) => {
  const { server, cwd } = await setUp(t, {});
  server.jobs.set(jobId, new TestJob(numbered([created(jobId)])));
  const aura = startAura(t, { words: ['watch', jobId, '--server', server.url], cwd });
  await aura.until(/Waiting/);
  aura.kill('SIGINT');
  const { code, stderr } = await aura.ended;
  assert.match(stderr, /No longer watching; the export goes on\.\n$/);
  assert.equal(code, 130);
  assert.ok(!server.requests.some((request) => request.startsWith('POST')), server.requests.join());
});

test('watch of an unknown job says so at once: exit code 2', async (t) => {
  const { server, cwd } = await setUp(t, {});
  const { code, stderr } = await runAura(t, { words: ['watch', jobId, '--server', server.url], cwd });
  assert.match(stderr, /There is no such job/);
  assert.equal(code, 2);
});

const jobId = '5d9e3ab4-0f05-4c0c-8b6f-3d5f5b1e2a10';

const created = (id: string): NewJobEvent => ({
  kind: 'created',
  jobId: id,
  title: 'Tea',
  stages: pendingStages(),
});

/** All stages, a thousand ticks, one warning, and the end. */
function playToEnd(job: TestJob): void {
  const order: StageName[] = ['narrate', 'plan', 'render', 'finish'];
  job.append({ kind: 'started' });
  job.append({ kind: 'warning', code: 'picture_small', message: 'The picture is small.', scene: 'scene-2' });
  for (const [index, stage] of order.entries()) {
    job.append({ kind: 'stage', stages: pendingStages(), stage, progress: index / 4, etaSeconds: 9 });
    for (let tick = 0; tick < 250; tick += 1) {
      const progress = (index + tick / 250) / 4;
      job.tick({ progress, stage, etaSeconds: 9, preview: null, activity: `Part ${tick}` });
    }
  }
  const artifacts = Object.entries(files).map(([name, content]) => ({
    name,
    url: `/api/jobs/${job.state().id}/artifacts/${name}`,
    contentType: 'application/octet-stream',
    sizeBytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  job.append({ kind: 'completed', artifacts });
}

interface Setting {
  /** What happens to a new job once somebody follows it. */
  readonly play?: (job: TestJob) => void;
  readonly cancel?: (job: TestJob) => void;
  readonly files?: Record<string, Buffer>;
}

async function setUp(t: TestContext, setting: Setting): Promise<{ server: ContractServer; cwd: string }> {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'tea.md'), script);
  await writeFile(join(cwd, 'kettle.png'), 'a picture');
  const server = await startContractServer({
    create: (body: CreateJob) => new TestJob(numbered([created(body.id ?? jobId)])),
    ...(setting.cancel && { cancel: setting.cancel }),
    followed: setting.play ?? (() => {}),
    files: setting.files ?? files,
  });
  t.after(() => server.close());
  return { server, cwd };
}
