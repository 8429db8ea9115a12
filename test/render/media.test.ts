import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import type { PlanFile } from '../../src/pipeline/plan-file.ts';
import type { Job } from '../../src/protocol/index.ts';
import { sampleRate } from '../../src/timeline/timeline.ts';
import { writeVideo } from '../media/support/write-video.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import {
  decodeAudio,
  decodeVideoFrames,
  levelDb,
  pixelAt,
  sine,
  speechLike,
  writeWav,
} from '../support/media.ts';
import { blobFiles } from './exported.ts';

const script = `# Clip

![Red, then green](clip.mp4)
<!-- clip: 0.5s-2s, speed: 0.5, transition: cut -->

## Voice

<!-- voice-over: voice.wav, timing: voice.vtt -->

We look closely.

\`\`\`ts
const answer = 42;
\`\`\`
`;

let aura: TestAura;
let folder: string;
let job: Job;
let plan: PlanFile;
let video: string;

before(async () => {
  aura = await startAura();
  folder = await mkdtemp(join(tmpdir(), 'aura-media-'));
  const assets = await uploadFiles();
  const output = { width: 320, height: 180, fps: 25 } as const;
  const handle = await aura.client.export({ script, assets, output });
  job = await handle.result();
  video = join(folder, 'video.mp4');
  await writeFile(
    video,
    new Uint8Array(await new Response(await handle.download('video.mp4')).arrayBuffer()),
  );
  const [planPath = ''] = (await blobFiles(aura.dataDirectory)).filter((file) => /\/plan\//.test(file));
  plan = JSON.parse(await readFile(planPath, 'utf8'));
});
after(async () => {
  await aura.close();
  await rm(folder, { recursive: true, force: true });
});

test('a clip plays from where it is cut, at its speed, for as long as that takes', async () => {
  const [scene] = plan.timeline.scenes;
  assert.equal(scene?.frameCount, 75, '1.5 s at half speed are 3 s');
  const pictures = await decodeVideoFrames(video);
  // Green comes at 1 s of the clip: half a second after its cut, one second of the video.
  const colours = pictures.slice(0, 75).map((picture) => {
    const [red, green] = pixelAt(picture, 160, 60);
    return red > green ? 'red' : 'green';
  });
  assert.deepEqual([colours[0], colours[24], colours[25], colours[74]], ['red', 'red', 'green', 'green']);
});

test('its own sound is heard with it, and stops with it', async () => {
  const [sound] = await decodeAudio(video);
  const second = plan.timeline.scenes[1]?.startFrame ?? 0;
  const end = (second * sampleRate) / 25;
  assert.ok(levelDb(sound, 0.5 * sampleRate, 2.5 * sampleRate) > -40);
  const pause = plan.sounds.voiceOvers[0]?.startSample ?? 0;
  assert.ok(levelDb(sound, end + 0.05 * sampleRate, pause - 0.05 * sampleRate) < -60);
});

test('a recorded voice is heard in its place, and captioned by its timing file', async () => {
  const scene = plan.timeline.scenes[1];
  const start = plan.sounds.voiceOvers[0]?.startSample ?? assert.fail('no voice');
  const [sound] = await decodeAudio(video);
  assert.ok(levelDb(sound, start, start + sampleRate) > -40);
  const [cue] = scene?.cues ?? [];
  const begin = start / sampleRate - (scene?.startFrame ?? 0) / 25;
  const starts = cue?.words.map(({ startSeconds }) => Math.round((startSeconds - begin) * 100) / 100) ?? [];
  assert.deepEqual([cue?.words[0]?.text, starts.length], ['We', 3]);
  assert.equal(starts[0], 0.2);
  assert.ok((starts[2] ?? 0) > 1, starts.join());
});

test('source code is coloured by its language', () => {
  const kinds = plan.timeline.scenes.flatMap(({ code }) => code?.lines.flat().map(({ kind }) => kind) ?? []);
  assert.ok(kinds.includes('keyword') && kinds.includes('constant'), kinds.join());
});

test('nothing is warned about', () => assert.deepEqual(job.warnings, []));

async function uploadFiles(): Promise<Record<string, string>> {
  const clip = join(folder, 'clip.mp4');
  const pictures = Array.from({ length: 50 }, (_, index) => ({
    pixels: plain(index < 25 ? '#c02020' : '#20c020'),
    timeMs: index * 40,
  }));
  const tone = sine({ frequencyHz: 440, durationSeconds: 2, amplitude: 0.3, sampleRate });
  const stereo = Float32Array.from({ length: tone.length * 2 }, (_, index) => tone[index >> 1] ?? 0);
  await writeVideo(clip, { kind: 'h264', width: 160, height: 90, pictures, sound: stereo });
  const voice = speechLike({ durationSeconds: 2, amplitude: 0.3 });
  await writeWav(join(folder, 'voice.wav'), voice, { sampleRate: 22_050 });
  const cues = ['00:00.200 --> 00:01.000\nWe look', '00:01.200 --> 00:02.000\nclosely.'];
  await writeFile(join(folder, 'voice.vtt'), ['WEBVTT', ...cues].join('\n\n'));
  const names = ['clip.mp4', 'voice.wav', 'voice.vtt'];
  const files = await Promise.all(
    names.map(async (name) => ({ name, data: new Blob([await readFile(join(folder, name))]) })),
  );
  const uploaded = await aura.client.upload(files);
  return Object.fromEntries(uploaded.map(({ id }, index) => [names[index] ?? '', id]));
}

function plain(color: string): Uint8Array {
  const canvas = createCanvas(160, 90);
  const context = canvas.getContext('2d');
  context.fillStyle = color;
  context.fillRect(0, 0, 160, 90);
  return new Uint8Array(canvas.data());
}
