import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Artifact, Job } from '../../src/protocol/index.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import { blobFiles } from './exported.ts';

const script = `# One

Here it begins.

## Two

- A point

And here it ends.
`;

let aura: TestAura;
let job: Job;

before(async () => {
  aura = await startAura();
  const size = { width: 320, height: 180 } as const;
  const handle = await aura.client.export({
    script,
    outputs: [
      { name: 'wide', ...size },
      { name: 'open', ...size, container: 'webm', quality: 'draft' },
      { name: 'tall', width: 180, height: 320, fps: 29.97, codec: 'hevc' },
    ],
  });
  job = await handle.result();
});
after(() => aura.close());

const named = (name: string): Artifact => {
  const artifact = job.artifacts.find((candidate) => candidate.name === name);
  return artifact ?? assert.fail(`no ${name} in ${job.artifacts.map((one) => one.name).join(', ')}`);
};

test('each output has its own files, and each video says what it was found to be', () => {
  assert.equal(named('wide-video.mp4').media?.videoCodec, 'h264');
  assert.equal(named('open-video.webm').media?.videoCodec, 'vp9');
  assert.equal(named('open-video.webm').media?.audioCodec, 'opus');
  const tall = named('tall-video.mp4').media;
  assert.deepEqual([tall?.width, tall?.height, tall?.fps, tall?.videoCodec], [180, 320, 29.97, 'hevc']);
  for (const name of ['wide', 'open', 'tall']) {
    for (const file of ['captions.srt', 'captions.vtt', 'chapters.vtt', 'poster.jpg', 'thumbnails.jpg']) {
      assert.ok(named(`${name}-${file}`).sizeBytes > 0);
    }
  }
});

test('each WebVTT of thumbnails names the picture of its own output', async () => {
  const download = await aura.client.job(job.id).download('wide-thumbnails.vtt');
  assert.match(await new Response(download).text(), /\nwide-thumbnails\.jpg#xywh=0,0,160,90\n/);
});

test('its loudness was measured', () => {
  const { lufs, truePeakDbtp } = named('wide-video.mp4').media ?? {};
  assert.ok(Math.abs((lufs ?? 0) + 14) < 1, `${lufs} LUFS`);
  assert.ok((truePeakDbtp ?? 1) <= -1, `${truePeakDbtp} dBTP`);
});

test('the speech is spoken once, and outputs of one size share a plan', async () => {
  const files = await blobFiles(aura.dataDirectory);
  const count = (kind: RegExp): number => files.filter((file) => kind.test(file)).length;
  assert.equal(count(/\/speech\/.*\.wav$/), 3);
  assert.equal(count(/\/plan\//), 2);
});

test('every file can be fetched whole', async () => {
  for (const { name, sizeBytes } of job.artifacts) {
    const bytes = await new Response(await aura.client.job(job.id).download(name)).arrayBuffer();
    assert.equal(bytes.byteLength, sizeBytes, name);
    await writeFile(join(aura.dataDirectory, name), new Uint8Array(bytes));
  }
});
