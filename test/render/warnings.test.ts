import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findHardwareEncoder, verifyVideo } from '../../src/media/index.ts';
import { resolveEncodings } from '../../src/pipeline/resolve-encodings.ts';
import type { CreateJob } from '../../src/protocol/index.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import { startDatabases } from '../support/databases.ts';

let aura: TestAura;
before(async () => {
  aura = await startAura();
});
after(() => aura.close());

const size = { width: 320, height: 180 } as const;

test('a character that no font has is named with its scene: in the plan before anything is spoken, and in the job', async () => {
  const script = [
    '# Old letters\n\nThese letters are very old.',
    '## The letter \u{10a80}\n\nIt is the first of them.',
    '## A table\n\n| Letter | Name |\n| --- | --- |\n| \u{10a80} | He |\n| \u{10a81} | Lamedh |\n\nThese are two.',
    '## Said\n\nSome write \u{10a80} and mean it.',
  ].join('\n\n');
  const request: CreateJob = { script, output: size };
  const { warnings, passages } = await aura.client.plan(request);
  assert.equal(passages.cached, 0);
  assert.deepEqual(
    warnings.map(({ code, scene }) => [code, scene]),
    ['scene-2', 'scene-3', 'scene-4'].map((scene) => ['characters_missing', scene]),
  );
  const [heading, table] = warnings.map(({ message }) => message);
  assert.match(heading ?? '', /^No font has \u{10a80} \(U\+10A80\); boxes/u);
  assert.match(table ?? '', /^No font has \u{10a80} \(U\+10A80\), \u{10a81} \(U\+10A81\);/u);
  const job = await (await aura.client.export(request)).result();
  assert.deepEqual(job.warnings, warnings);
});

test('what the voice cannot read is said by the plan, too', async () => {
  const script = '---\nlanguage: ja\n---\n\n# 茶\n\n茶です。\n';
  const { warnings } = await aura.client.plan({ script, output: size });
  assert.deepEqual(
    warnings.map(({ code, scene }) => [code, scene]),
    [['characters_unreadable', 'scene-1']],
  );
});

test('captions that are not drawn are not warned about', async () => {
  const script = '---\ncaptions: none\n---\n\n# Said\n\nSome write \u{10a80} and mean it.\n';
  assert.deepEqual((await aura.client.plan({ script, output: size })).warnings, []);
});

test('a video longer than its site takes: the plan and the job say so', async () => {
  const script = '# Long\n\nThis takes a while.\n\n<!-- duration: 200s -->\n';
  const request: CreateJob = { script, output: { preset: 'shorts', ...size } };
  const expected = {
    code: 'longer_than_preset',
    message: 'The video lasts 200 seconds, and shorts takes 180 at most.',
  };
  assert.deepEqual((await aura.client.plan(request)).warnings, [expected]);
  assert.deepEqual(
    (await aura.client.plan({ ...request, output: { preset: 'tiktok', ...size } })).warnings,
    [],
  );
  const job = await aura.client.export(request);
  for await (const { warnings } of job.watch()) {
    if (warnings.length === 0) continue;
    assert.deepEqual(warnings, [expected]);
    break;
  }
  await job.cancel();
  assert.equal((await job.refresh()).warnings.length, 1);
});

test('a hardware encoder is used where one works; else software, with a warning, and the file is right', async () => {
  const { encoder, refused } = await findHardwareEncoder({ codec: 'h264', ...size, fps: 30 });
  const request: CreateJob = {
    script: '# Hello\n\nThis is short.\n',
    output: { ...size, fps: 30, hardware: true },
  };
  const handle = await aura.client.export(request);
  const job = await handle.result();
  const reasons = refused.map((one) => `${one.encoder}: ${one.reason}`).join(' ');
  const message = `No hardware encoder for h264 works on this machine, so software is used. ${reasons}`;
  assert.deepEqual(job.warnings, encoder === undefined ? [{ code: 'hardware_unavailable', message }] : []);
  const media = job.artifacts.find(({ name }) => name === 'video.mp4')?.media ?? assert.fail('no video');
  assert.equal(media.videoCodec, 'h264');
  const file = join(aura.dataDirectory, 'video.mp4');
  await writeFile(file, Buffer.from(await new Response(await handle.download('video.mp4')).arrayBuffer()));
  await verifyVideo({ file, codec: 'h264', ...media, hasAudio: true });
});

test('each encoding that wishes for hardware is decided by itself, those that do not are left alone', async () => {
  const video = { ...size, fps: 30 } as const;
  const asked = { quality: 'draft', speed: 'fast' } as const;
  const { encoder } = await findHardwareEncoder({ codec: 'vp9', ...video });
  const { encodings, warnings } = await resolveEncodings(
    [
      { codec: 'h264', ...asked, hardware: false },
      { codec: 'vp9', ...asked, hardware: true },
    ],
    { video, machines: 'one', signal: AbortSignal.timeout(60_000) },
  );
  const second = { codec: 'vp9', ...asked, ...(encoder !== undefined && { hardwareEncoder: encoder }) };
  assert.deepEqual(encodings, [{ codec: 'h264', ...asked }, second]);
  assert.equal(warnings.length, encoder === undefined ? 1 : 0);
});

test('where a PostgreSQL is shared it is software, so that chunks of several machines fit together', async () => {
  const databases = await startDatabases('postgresql');
  try {
    const { databaseUrl } = await databases.fresh();
    const shared = await startAura({ ...(databaseUrl !== undefined && { databaseUrl }) });
    try {
      const request = { script: '# Hello\n\nThis is short.\n', output: { ...size, hardware: true } };
      const { warnings } = await shared.client.plan(request);
      assert.deepEqual([warnings.length, warnings[0]?.code], [1, 'hardware_unavailable']);
      assert.match(warnings[0]?.message ?? '', /^Several machines may share this work/);
    } finally {
      await shared.close();
    }
  } finally {
    await databases.stop();
  }
});
