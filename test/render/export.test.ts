import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, before } from 'node:test';
import { measureLoudness, verifyVideo } from '../../src/media/index.ts';
import type { WordTime } from '../../src/protocol/index.ts';
import { type Cue, sampleRate, type TimelineScene } from '../../src/timeline/index.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import { decodeAudio, decodeVideoFrames, pixelAt } from '../support/media.ts';
import { blobFiles, type Exported, exportScript } from './exported.ts';
import { dotCentre, highlightCentre } from './find-pixels.ts';
import { readCues } from './read-cues.ts';

const script = `# Two colours

We look at two colours.

## Red

![A red wall](red.png)

<!-- transition: cut -->

Red comes first.

It stays for a while, so that we can look at it.

## Blue

![A blue wall](blue.png)

<!-- transition: cut -->

- Blue is second
- It is also last
`;

let aura: TestAura;
let video: Exported;

before(async () => {
  aura = await startAura();
  video = await exportScript(aura, script);
});

after(async () => {
  await aura.close();
});

test('the file has exactly the planned frames, and none after', async () => {
  const { width, height, fps, frameCount } = video.plan.timeline;
  assert.deepEqual({ width, height, fps }, { width: 640, height: 360, fps: 30 });
  const durationSeconds = frameCount / fps;
  const found = await verifyVideo({
    ...{ file: video.file('video.mp4'), width, height, fps, frameCount, durationSeconds, hasAudio: true },
  });
  assert.ok(Math.abs(found.durationSeconds - durationSeconds) < 1e-5);
  const frames = await decodeVideoFrames(video.file('video.mp4'));
  assert.deepEqual(
    frames.map(({ index }) => index),
    Array.from({ length: frameCount }, (_, index) => index),
  );
});

test('each scene is on screen from its first frame to its last', async () => {
  const [, red, blue] = scenes();
  const at = [red.startFrame, blue.startFrame - 1, blue.startFrame, video.plan.timeline.frameCount - 1];
  const frames = await decodeVideoFrames(video.file('video.mp4'), { at });
  const dominant = frames.map((frame) => {
    const [r, , b] = pixelAt(frame, 600, 180);
    return r > b + 30 ? 'red' : b > r + 30 ? 'blue' : 'neither';
  });
  assert.deepEqual(dominant, ['red', 'red', 'blue', 'blue']);
});

test('Ken Burns moves, a little in every frame and always the same way', async () => {
  const [, red] = scenes();
  const at = Array.from({ length: 12 }, (_, index) => red.startFrame + 20 + index * 5);
  const centres = (await decodeVideoFrames(video.file('video.mp4'), { at })).map(dotCentre);
  const steps = centres.slice(1).map((centre, index) => centre.x - (centres[index]?.x ?? 0));
  const direction = Math.sign(steps[0] ?? 0);
  assert.ok(
    steps.every((step) => Math.sign(step) === direction && Math.abs(step) < 3),
    `steps of ${steps.map((step) => step.toFixed(2)).join(', ')} pixels`,
  );
});

test('the highlighted word is the one being spoken', async () => {
  for (const { scene, cue } of oneLineCues()) {
    const at = cue.words.map((word) => frameInMiddle(scene, word));
    const frames = await decodeVideoFrames(video.file('video.mp4'), { at });
    const centres = frames.map(highlightCentre);
    const shares = cue.words.map((word) => (word.textStart + word.textEnd) / 2 / cue.text.length);
    for (const [index, centre] of centres.entries()) {
      const expected = shares[index] ?? 0;
      assert.ok(
        Math.abs(centre.shareOfCaption - expected) < 0.15,
        `"${cue.words[index]?.text}" of "${cue.text}": ${centre.shareOfCaption.toFixed(2)}, not ${expected.toFixed(2)}`,
      );
    }
  }
});

test('every passage begins within 1 ms of where it was placed', async () => {
  const [sound] = await decodeAudio(video.file('video.mp4'));
  const files = await blobFiles(aura.dataDirectory);
  for (const { soundKey, startSample } of video.plan.sounds.speech) {
    const name = soundKey.replace('speech/', '');
    const [speech] = await decodeAudio(files.find((file) => file.endsWith(name)) ?? '');
    const lag = bestLag(sound, speech, startSample);
    assert.ok(Math.abs(lag) <= sampleRate / 1000, `${soundKey} is ${lag} samples off`);
  }
});

test('scenes begin on the frame their sound was placed by', () => {
  const { timeline, sounds } = video.plan;
  for (const [index, placed] of timeline.speech.entries()) {
    const scene = timeline.scenes[placed.sceneIndex];
    assert.ok(scene);
    const start = (scene.startFrame * sampleRate) / timeline.fps;
    const end = ((scene.startFrame + scene.frameCount) * sampleRate) / timeline.fps;
    assert.ok(placed.startSample >= start && placed.startSample < end);
    assert.equal(sounds.speech[index]?.startSample, placed.startSample);
  }
});

test('it is as loud as videos should be', async () => {
  const { lufs, truePeakDbtp } = await measureLoudness(video.file('video.mp4'));
  assert.ok(Math.abs(lufs + 14) <= 0.5, `${lufs} LUFS`);
  assert.ok(truePeakDbtp <= -1, `${truePeakDbtp} dBTP`);
});

test('SRT and VTT say what the captions say, when they say it', async () => {
  const { timeline } = video.plan;
  const expected = timeline.scenes.flatMap((scene) =>
    scene.cues.map(({ text, startSeconds, endSeconds }) => ({
      text,
      startMs: Math.round((scene.startFrame / timeline.fps + startSeconds) * 1000),
      endMs: Math.round((scene.startFrame / timeline.fps + endSeconds) * 1000),
    })),
  );
  assert.deepEqual(readCues(await readFile(video.file('captions.srt'), 'utf8')), expected);
  assert.deepEqual(readCues(await readFile(video.file('captions.vtt'), 'utf8')), expected);
  const spoken = expected.map(({ text }) => text).join(' ');
  assert.equal(
    spoken,
    'We look at two colours. Red comes first. It stays for a while, so that we can look at it. Blue is second It is also last',
  );
});

test('one changed word draws again only the chunks that show it', async () => {
  const before = await blobFiles(aura.dataDirectory);
  const changed = await exportScript(aura, script.replace('It is also last', 'It is also best'));
  const spoken = (files: readonly string[]) => files.filter((file) => /\/speech\/.*\.wav$/.test(file)).length;
  assert.equal(spoken(await blobFiles(aura.dataDirectory)), spoken(before) + 1, 'one passage was spoken');
  const render = changed.job.stages.find(({ name }) => name === 'render');
  assert.ok(
    render !== undefined && render.cached > 0 && render.cached < render.total,
    JSON.stringify(render),
  );
  const untouched = changed.plan.chunks.filter(({ keys: [key = ''] }) =>
    before.some((file) => file.endsWith(key.slice(-44))),
  );
  const untouchedFrames = untouched.reduce((sum, { frameCount }) => sum + frameCount, 0);
  assert.equal(render.units?.cached, untouchedFrames);
});

test('the same script again is done at once, and is the same file', async () => {
  const handle = await aura.client.export({
    script: script.replaceAll(/!\[.*\n/g, ''),
    output: { width: 320, height: 180 },
  });
  const first = await handle.result();
  const again = await (
    await aura.client.export({
      script: script.replaceAll(/!\[.*\n/g, ''),
      output: { width: 320, height: 180 },
    })
  ).result();
  const hashes = (job: typeof first) => job.artifacts.map(({ name, sha256 }) => `${name} ${sha256}`);
  assert.deepEqual(hashes(again), hashes(first));
  assert.ok(again.stages.every(({ total, cached }) => cached === total));
});

function scenes(): [TimelineScene, TimelineScene, TimelineScene] {
  const [title, red, blue] = video.plan.timeline.scenes;
  assert.ok(title && red && blue);
  return [title, red, blue];
}

/** Cues so short that they stand on one line. */
function oneLineCues(): { scene: TimelineScene; cue: Cue }[] {
  const found = scenes().flatMap((scene) => scene.cues.map((cue) => ({ scene, cue })));
  const short = found.filter(({ cue }) => cue.text.length <= 24 && cue.words.length > 2);
  assert.ok(short.length >= 3, 'there are cues to look at');
  return short;
}

function frameInMiddle(scene: TimelineScene, word: WordTime): number {
  const seconds = (word.startSeconds + word.endSeconds) / 2;
  return scene.startFrame + Math.floor(seconds * video.plan.timeline.fps);
}

/** By how many samples a sound lies later than expected in another: where the two are most alike. */
function bestLag(programme: Float32Array, sound: Float32Array, startSample: number): number {
  const length = Math.min(sound.length, sampleRate / 2);
  let best = { lag: 0, likeness: Number.NEGATIVE_INFINITY };
  for (let lag = -960; lag <= 960; lag += 1) {
    let likeness = 0;
    for (let index = 0; index < length; index += 1) {
      likeness += (programme[startSample + lag + index] ?? 0) * (sound[index] ?? 0);
    }
    if (likeness > best.likeness) best = { lag, likeness };
  }
  return best.lag;
}
