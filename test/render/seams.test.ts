import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { encodeVideoChunk } from '../../src/media/encode-video-chunk.ts';
import type { PlanFile } from '../../src/pipeline/plan-file.ts';
import { sampleRate } from '../../src/timeline/timeline.ts';
import { drawNumbered, height, readNumber, width } from '../media/support/numbered-frames.ts';
import { workFolder } from '../media/support/work-folder.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import { decodeAudio, decodeVideoFrames, onsetSample, sine, writeWav } from '../support/media.ts';
import { strangeness } from '../support/strangeness.ts';
import { blobFiles } from './exported.ts';

const inFolder = await workFolder();
const fps = 60;
const seconds = 12;
const frameCount = seconds * fps;
const toneHz = 1_000;
/** A quarter of a second of silence, then the tone to the end. */
const onset = sampleRate / 4;

/** Three scenes that show the numbered clip from its first frame to its last; the first is long enough for two chunks. */
const script = `---
title: Seams
captions: none
music: { source: tone.wav, loop: no, fadeOutSeconds: 0 }
---

![Numbers](numbers.mp4)
<!-- layout: picture, clip: 0s-7.5s, transition: cut -->

---

![Numbers](numbers.mp4)
<!-- layout: picture, clip: 7.5s-10.75s, transition: cut -->

---

![Numbers](numbers.mp4)
<!-- layout: picture, clip: 10.75s-12s, transition: cut -->
`;

let aura: TestAura;
let plan: PlanFile;
let video: string;

before(async () => {
  aura = await startAura();
  const assets = await uploadFiles();
  const handle = await aura.client.export({ script, assets, output: { width, height, fps } });
  const job = await handle.result();
  assert.deepEqual(job.warnings, []);
  video = inFolder('video.mp4');
  await writeFile(video, await new Response(await handle.download('video.mp4')).bytes());
  const [planPath = ''] = (await blobFiles(aura.dataDirectory)).filter((file) => /\/plan\//.test(file));
  plan = JSON.parse(await readFile(planPath, 'utf8'));
});
after(() => aura.close());

test('the video is of several chunks, some within a scene', () => {
  assert.deepEqual(
    plan.chunks.map(({ startFrame }) => startFrame),
    [0, 225, 450, 645],
  );
});

test('at 60 fps every frame of a real export is shown once, in order, and none after the last', async () => {
  const numbers = (await decodeVideoFrames(video)).map(readNumber);
  assert.deepEqual(
    numbers,
    Array.from({ length: frameCount }, (_, index) => index),
  );
});

test('its sound is as long as its picture, and begins on the very sample', async () => {
  const [left] = await decodeAudio(video);
  assert.equal(left.length, seconds * sampleRate);
  const heard = onsetSample(left, { share: 0.3 });
  // An encoder's delay left in would be 1024 samples or more. The tone reaches a third of its height in three.
  assert.ok(Math.abs(heard - onset) <= 24, `begins at ${heard} instead of ${onset}`);
});

test('a tone runs through every border of a chunk without a click', async () => {
  const [left] = await decodeAudio(video);
  for (const { startFrame } of plan.chunks.slice(1)) {
    const border = (startFrame * sampleRate) / fps;
    const part = { toneHz, from: border - sampleRate / 10, to: border + sampleRate / 10 };
    const loudest = Math.max(...strangeness(left, part));
    assert.ok(loudest < -45, `${loudest} dB beside the tone at frame ${startFrame}`);
  }
  const whole = { toneHz, from: onset + sampleRate / 4, to: left.length - sampleRate / 4 };
  assert.ok(Math.max(...strangeness(left, whole)) < -45);
});

async function uploadFiles(): Promise<Record<string, string>> {
  const names = ['numbers.mp4', 'tone.wav'] as const;
  const clip = { width, height, fps, frameCount, file: inFolder('numbers.mp4'), drawFrame: drawNumbered };
  await encodeVideoChunk(clip);
  const tone = sine({ frequencyHz: toneHz, amplitude: 0.4, durationSeconds: seconds, sampleRate });
  await writeWav(inFolder('tone.wav'), tone.fill(0, 0, onset), { sampleRate });
  const files = names.map(async (name) => ({ name, data: new Blob([await readFile(inFolder(name))]) }));
  const uploaded = await aura.client.upload(await Promise.all(files));
  return Object.fromEntries(uploaded.map(({ id }, index) => [names[index] ?? '', id]));
}
