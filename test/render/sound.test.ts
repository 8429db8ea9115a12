import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { measureLoudness } from '../../src/media/index.ts';
import { sampleRate } from '../../src/timeline/timeline.ts';
import { writeVideo } from '../media/support/write-video.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import { decodeAudio, sine, speechLike, writeWav } from '../support/media.ts';

/** Each sound has a pitch of its own, above those of the voice: so it is known what is heard. In Hz. */
const pitches = { music: 6000, first: 3000, second: 4000 } as const;

const script = `---
loudness: -20
captions: none
music:
  source: music.wav
  gainDb: -6
  duckingDb: -18
  fadeInSeconds: 1
  fadeOutSeconds: 1.5
---

# Looped

![A clip](clip.mp4)
<!-- clip: 0.5s-1.5s, speed: 2, loop: yes, gain: -6dB, duration: 4s -->

## Whole

![A clip](clip.mp4)
<!-- clip: 0s-2s, transition: cut -->

## Muted

![A clip](clip.mp4)
<!-- mute: yes, transition: cut -->

## Voice

<!-- voice-over: voice.wav, transition: cut -->

We look closely. We look again.

## After

<!-- duration: 4s, transition: cut -->
`;

let aura: TestAura;
let folder: string;
let sound: Float32Array;
let file: string;
/** Where scenes begin, in seconds. */
let starts: Map<string, number>;
let lengthSeconds: number;

before(async () => {
  aura = await startAura();
  folder = await mkdtemp(join(tmpdir(), 'aura-sound-'));
  const request = {
    script,
    assets: await uploadFiles(),
    output: { width: 640, height: 360, fps: 25 },
  } as const;
  const handle = await aura.client.export(request);
  await handle.result();
  file = join(folder, 'video.mp4');
  await writeFile(file, Buffer.from(await new Response(await handle.download('video.mp4')).arrayBuffer()));
  [sound] = await decodeAudio(file);
  const { scenes } = await aura.client.plan(request);
  lengthSeconds = 0;
  starts = new Map();
  for (const { id, durationSeconds } of scenes) {
    starts.set(id, lengthSeconds);
    lengthSeconds += durationSeconds;
  }
});
after(async () => {
  await aura.close();
  await rm(folder, { recursive: true, force: true });
});

test('a clip is trimmed, played at its speed, and begins again for as long as its scene lasts', () => {
  for (let round = 0; round < 8; round += 1) {
    const from = round * 0.5;
    const heard = [from, from + 0.25].map((at) => pitchHeard(at + 0.05, at + 0.2));
    assert.deepEqual(heard, ['first', 'second'], `round ${round}`);
  }
});

test('a whole clip is heard from its start to its end, and a muted one not at all', () => {
  const [whole, muted] = [startOf('scene-2'), startOf('scene-3')];
  const heard = [0, 0.75, 1.05, 1.75].map((at) => pitchHeard(whole + at, whole + at + 0.2));
  assert.deepEqual(heard, ['first', 'first', 'second', 'second']);
  assert.ok(pitchDb('first', muted, muted + 1) < -80);
  assert.ok(pitchDb('second', muted + 1, muted + 2) < -80);
});

test('the gain of a clip is the difference that is heard', () => {
  const whole = startOf('scene-2');
  near(pitchDb('first', 0.05, 0.2) - pitchDb('first', whole + 0.05, whole + 0.2), -6);
});

test('music is there for all of the video, fades in at its start and out at its end', () => {
  const [early, late] = [musicDb(2), musicDb(lengthSeconds - 2.5)];
  near(late, early);
  assert.ok(musicDb(0) < early - 9, 'a quarter of the way in');
  const fading = [1.4, 0.7, 0.3].map((before) => musicDb(lengthSeconds - before));
  assert.ok(
    fading.every((level, index) => level < (fading[index - 1] ?? late)),
    fading.join(),
  );
  assert.ok((fading[2] ?? 0) < late - 12, fading.join());
});

test('music gets out of the way of a recorded voice without word times, and comes back between its sentences', () => {
  const [voice, after] = [startOf('scene-4'), startOf('scene-5')];
  const alone = musicDb(startOf('scene-3') + 0.75);
  near(musicDb(voice + 0.5) - alone, -18);
  near(musicDb(voice + 3.25) - alone, -18);
  assert.ok(musicDb(voice + 2.5) > alone - 9, 'it comes back in the pause');
  near(musicDb(after + 1), alone);
});

test('where nobody speaks, music is as much less loud than the voice as was asked for', async () => {
  const [muted, voice] = [startOf('scene-3'), startOf('scene-4')];
  const music = await lufsBetween(muted + 0.55, muted + 1.45);
  const spoken = await lufsBetween(voice + 0.35, voice + 1.85);
  near(music - spoken, -6, 1);
});

test('the whole is as loud as was asked for', async () => {
  const { lufs, truePeakDbtp } = await measureLoudness(file);
  near(lufs, -20, 0.3);
  assert.ok(truePeakDbtp <= -1, `${truePeakDbtp} dBTP`);
});

function startOf(scene: string): number {
  return starts.get(scene) ?? assert.fail(`no ${scene}`);
}

function near(found: number, expected: number, tolerance = 0.5): void {
  assert.ok(Math.abs(found - expected) <= tolerance, `${found.toFixed(2)} dB, not ${expected.toFixed(2)}`);
}

function pitchHeard(fromSeconds: number, toSeconds: number): 'first' | 'second' | 'both or none' {
  const [first, second] = [
    pitchDb('first', fromSeconds, toSeconds),
    pitchDb('second', fromSeconds, toSeconds),
  ];
  if (Math.max(first, second) < -40 || Math.abs(first - second) < 40) return 'both or none';
  return first > second ? 'first' : 'second';
}

/** A quarter of a second of it. */
function musicDb(atSeconds: number): number {
  return pitchDb('music', atSeconds, atSeconds + 0.25);
}

async function lufsBetween(fromSeconds: number, toSeconds: number): Promise<number> {
  const part = sound.slice(Math.round(fromSeconds * sampleRate), Math.round(toSeconds * sampleRate));
  const cut = join(folder, 'part.wav');
  await writeWav(cut, part, { sampleRate });
  return (await measureLoudness(cut)).lufs;
}

/** Level of one pitch between two times, in dB of a tone of full scale (Goertzel). */
function pitchDb(pitch: keyof typeof pitches, fromSeconds: number, toSeconds: number): number {
  const part = sound.subarray(Math.round(fromSeconds * sampleRate), Math.round(toSeconds * sampleRate));
  const step = (2 * Math.PI * pitches[pitch]) / sampleRate;
  let [real, imaginary] = [0, 0];
  for (const [index, sample] of part.entries()) {
    // A window, so that the other sounds do not leak into this one.
    const weighted = sample * (1 - Math.cos((2 * Math.PI * index) / part.length));
    real += weighted * Math.cos(step * index);
    imaginary += weighted * Math.sin(step * index);
  }
  return 20 * Math.log10(Math.max(1e-6, (2 * Math.hypot(real, imaginary)) / part.length));
}

async function uploadFiles(): Promise<Record<string, string>> {
  const tone = (frequencyHz: number, durationSeconds: number, amplitude = 0.3) =>
    sine({ frequencyHz, durationSeconds, amplitude, sampleRate });
  const clipSound = [...tone(pitches.first, 1), ...tone(pitches.second, 1)];
  const pictures = [0, 1960].map((timeMs) => ({ timeMs, pixels: new Uint8Array(64 * 36 * 4).fill(128) }));
  const stereo = Float32Array.from(
    { length: clipSound.length * 2 },
    (_, index) => clipSound[index >> 1] ?? 0,
  );
  await writeVideo(join(folder, 'clip.mp4'), {
    kind: 'h264',
    width: 64,
    height: 36,
    pictures,
    sound: stereo,
  });
  await writeWav(join(folder, 'music.wav'), tone(pitches.music, 2, 0.05), { sampleRate });
  const pause = new Float32Array(22_050);
  const spoken = speechLike({ durationSeconds: 1.5, amplitude: 0.3 });
  const voice = Float32Array.from([...spoken, ...pause, ...spoken]);
  await writeWav(join(folder, 'voice.wav'), voice, { sampleRate: 22_050 });
  const names = ['clip.mp4', 'music.wav', 'voice.wav'];
  const files = await Promise.all(
    names.map(async (name) => ({ name, data: new Blob([await readFile(join(folder, name))]) })),
  );
  const uploaded = await aura.client.upload(files);
  return Object.fromEntries(uploaded.map(({ id }, index) => [names[index] ?? '', id]));
}
