import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { before, test } from 'node:test';
import {
  type MixRequest,
  type MixResult,
  type Music,
  measureLoudness,
  mixAudio,
} from '../../src/media/index.ts';
import { AuraError } from '../../src/protocol/index.ts';
import { decodeAudio, levelDb, onsetSample, sine, speechLike, writeWav } from '../support/media.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const rate = 48_000;
const speechSeconds = 4;
const speech = inFolder('speech.wav');
const music = { file: inFolder('music.wav'), gainDb: -12, duckingDb: -12 };

before(async () => {
  await writeWav(speech, speechLike({ durationSeconds: speechSeconds, amplitude: 0.3 }), {
    sampleRate: 22_050,
  });
  const tone = sine({ frequencyHz: 330, amplitude: 0.7, durationSeconds: 3, sampleRate: 44_100 });
  await writeWav(music.file, tone, { sampleRate: 44_100 });
});

function mix(change: Partial<MixRequest>): Promise<MixResult> {
  const narration = [{ file: speech, startSample: rate }];
  return mixAudio({ totalSamples: 6 * rate, narration, file: inFolder('mix.m4a'), ...change });
}

async function assertOnTarget(result: MixResult, file = inFolder('mix.m4a')): Promise<void> {
  const measured = await measureLoudness(file);
  assert.ok(
    Math.abs(measured.lufs - result.lufs) <= 0.02,
    `${result.lufs}, FFmpeg says ${measured.lufs} LUFS`,
  );
  assert.equal(result.truePeakDbtp, measured.truePeakDbtp);
  assert.ok(Math.abs(measured.lufs + 14) <= 0.5, `${measured.lufs} LUFS`);
  assert.ok(measured.truePeakDbtp <= -1, `${measured.truePeakDbtp} dBTP`);
}

for (const { name, amplitude } of [
  { name: 'ordinary', amplitude: 0.3 },
  { name: 'very quiet', amplitude: 0.002 },
  { name: 'clipping', amplitude: 3 },
]) {
  test(`${name} speech comes out at -14 LUFS and at most -1 dBTP`, async () => {
    const file = inFolder(`speech-${amplitude}.wav`);
    await writeWav(file, speechLike({ durationSeconds: speechSeconds, amplitude }), { sampleRate: 22_050 });
    await assertOnTarget(await mix({ narration: [{ file, startSample: 0 }] }));
  });
}

test('speech with sudden cracks is limited, not turned down', async () => {
  const samples = speechLike({ durationSeconds: speechSeconds, amplitude: 0.05 });
  for (let at = 5_000; at < samples.length; at += 9_000) samples.fill(0.95, at, at + 3);
  const file = inFolder('cracks.wav');
  await writeWav(file, samples, { sampleRate: 22_050 });
  await assertOnTarget(await mix({ narration: [{ file, startSample: 0 }] }));
});

test('speech with music comes out on target too', async () => {
  await assertOnTarget(await mix({ music }));
});

test('music alone comes out on target', async () => {
  await assertOnTarget(await mix({ narration: [], music }));
});

test('a narration begins at its sample, whatever the blocks and rates', async () => {
  const clicks = [0, 47_999, 100_001, 190_123];
  const file = inFolder('click.wav');
  const click = new Float32Array(2_205);
  for (let index = 0; index < click.length; index += 1)
    click[index] = 0.5 * Math.cos(index / 3) * Math.exp(-index / 100);
  await writeWav(file, click, { sampleRate: 22_050 });
  await mix({ narration: clicks.map((startSample) => ({ file, startSample })) });
  const [left, right] = await decodeAudio(inFolder('mix.m4a'));
  assert.equal(left.length, 6 * rate);
  const difference = left.map((sample, index) => sample - (right[index] ?? 0));
  assert.ok(levelDb(difference) < levelDb(left) - 30, 'the voice is in the middle');
  for (const [index, start] of clicks.entries()) {
    const onset = onsetSample(left, {
      from: Math.max(0, start - 4_000),
      to: clicks[index + 1] ?? left.length,
      share: 0.3,
    });
    assert.ok(Math.abs(onset - start) <= 24, `begins at ${onset} instead of ${start}`);
  }
});

test('the music goes down before a voice begins and comes back after it', async () => {
  const totalSamples = 12 * rate;
  const silence = inFolder('breath.wav');
  // A voice so short that what is measured beside it is the music alone.
  await writeWav(
    silence,
    speechLike({ durationSeconds: 2, amplitude: 0.3 }).map((s, i) => (i < 4_410 ? s : s * 1e-4)),
    { sampleRate: 22_050 },
  );
  await mix({ totalSamples, narration: [{ file: silence, startSample: 5 * rate }], music });
  const [left] = await decodeAudio(inFolder('mix.m4a'));
  const at = (seconds: number) => levelDb(left, seconds * rate, (seconds + 0.5) * rate);
  assert.ok(at(2) - at(6) > 11, `${at(2)} dB before, ${at(6)} dB under the voice`);
  assert.ok(Math.abs(at(2) - at(8.5)) < 0.5, `${at(2)} dB before, ${at(8.5)} dB after`);
  assert.ok(at(2) - levelDb(left, 4.95 * rate, 5 * rate) > 9, 'down when the voice begins');
  assert.ok(at(11.5) < at(9) - 6, 'faded out at the end');
});

test('the music lies under the voice by as much as was asked, however loud its file is', async () => {
  const loudMusic = inFolder('loud.wav');
  const tone = sine({ frequencyHz: 330, amplitude: 0.02, durationSeconds: 3, sampleRate: 44_100 });
  await writeWav(loudMusic, tone, { sampleRate: 44_100 });
  await mix({ music, file: inFolder('loud.m4a') });
  await mix({ music: { ...music, file: loudMusic }, file: inFolder('soft.m4a') });
  const [[loud], [soft]] = await Promise.all([
    decodeAudio(inFolder('loud.m4a')),
    decodeAudio(inFolder('soft.m4a')),
  ]);
  const quarter = [0.25 * rate, 0.75 * rate] as const;
  assert.ok(Math.abs(levelDb(loud, ...quarter) - levelDb(soft, ...quarter)) < 0.5);
});

test('repeated music has no gap and no click where it begins again', async () => {
  await mix({ totalSamples: 14 * rate, narration: [], music });
  const [left] = await decodeAudio(inFolder('mix.m4a'));
  const windows = Array.from({ length: 220 }, (_, index) =>
    levelDb(left, rate + index * 2_400, rate + (index + 1) * 2_400),
  );
  // Two tones out of step may cancel for a moment or add up to 3 dB; a gap would be tens of dB, a click more.
  assert.ok(
    Math.max(...windows) - Math.min(...windows) < 12,
    `${Math.min(...windows)} to ${Math.max(...windows)} dB`,
  );
  const steps = left
    .subarray(rate, 11 * rate)
    .map((sample, index) => Math.abs(sample - (left[rate + index - 1] ?? 0)));
  const steepest = (Math.PI * 2 * 330 * 10 ** (Math.max(...windows) / 20) * Math.SQRT2) / rate;
  const highest = steps.reduce((most, step) => Math.max(most, step), 0);
  assert.ok(
    highest < steepest * 1.5,
    `a jump of ${highest} between samples, where the tone makes ${steepest}`,
  );
});

test('music keeps its two sides', async () => {
  const file = inFolder('sides.wav');
  const tone = sine({ frequencyHz: 330, amplitude: 0.5, durationSeconds: 4, sampleRate: 44_100 });
  const samples = Float32Array.from({ length: tone.length * 2 }, (_, at) =>
    at % 2 === 0 ? (tone[at / 2] ?? 0) : 0,
  );
  await writeWav(file, samples, { sampleRate: 44_100, channels: 2 });
  await mix({ totalSamples: 3 * rate, narration: [], music: { ...music, file } });
  const [left, right] = await decodeAudio(inFolder('mix.m4a'));
  assert.ok(levelDb(left) - levelDb(right) > 40);
});

test('music too short to be repeated is refused', async () => {
  const blip = inFolder('blip.wav');
  await writeWav(blip, new Float32Array(900).fill(0.1), { sampleRate: 44_100 });
  const tooShort = mix({ music: { ...music, file: blip } });
  await assert.rejects(tooShort, (error) => error instanceof AuraError && error.code === 'audio_invalid');
});

test('a programme without any sound is silent, and says so', async () => {
  const result = await mix({ narration: [] });
  assert.deepEqual(result, { lufs: -70, truePeakDbtp: -120, sampleCount: 6 * rate });
  const [left] = await decodeAudio(inFolder('mix.m4a'));
  assert.ok(left.every((sample) => sample === 0));
});

test('the same request gives the same bytes, and leaves nothing else behind', async () => {
  await mix({ music, file: inFolder('first.m4a') });
  await mix({ music, file: inFolder('second.m4a') });
  assert.ok((await readFile(inFolder('first.m4a'))).equals(await readFile(inFolder('second.m4a'))));
  const left = await readdir(dirname(speech));
  assert.deepEqual(
    left.filter((name) => name.endsWith('.pcm')),
    [],
  );
});

test('progress goes up to 1 and never back', async () => {
  const told: number[] = [];
  await mix({ music, onProgress: (fraction) => told.push(fraction) });
  assert.ok(told.length > 5);
  assert.ok(told.every((fraction, index) => fraction >= (told[index - 1] ?? 0)));
  assert.equal(told.at(-1), 1);
});

test('an abort stops the mix with its own reason', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const onProgress = () => controller.abort(reason);
  await assert.rejects(mix({ signal: controller.signal, onProgress }), (error) => error === reason);
});

test('a narration that is missing, empty or does not fit is a named error', async () => {
  const isError = (code: string, text: RegExp) => (error: unknown) =>
    error instanceof AuraError && error.code === code && text.test(error.message);
  const place = (file: string, startSample: number) => mix({ narration: [{ file, startSample }] });
  await assert.rejects(place(inFolder('nowhere.wav'), 0), isError('audio_invalid', /nowhere\.wav/));
  await assert.rejects(place(speech, 5 * rate), isError('mix_failed', /outside the programme/));
  await writeWav(inFolder('empty.wav'), new Float32Array(0), { sampleRate: 22_050 });
  await assert.rejects(place(inFolder('empty.wav'), 0), isError('mix_failed', /empty/));
});

/** A mix of music alone, so that its level is the music's. */
async function musicAlone(change: Partial<Music>, totalSamples = 8 * rate): Promise<Float32Array> {
  await mix({ totalSamples, narration: [], music: { ...music, ...change } });
  const [left] = await decodeAudio(inFolder('mix.m4a'));
  return left;
}

test('music that does not begin again fades out at its own end', async () => {
  const left = await musicAlone({ loop: false, fadeInSeconds: 0.1, fadeOutSeconds: 1 });
  const at = (seconds: number) => levelDb(left, seconds * rate, (seconds + 0.1) * rate);
  assert.ok(Math.abs(at(0.5) - at(1.8)) < 0.5, 'at its level');
  assert.ok(Math.abs(at(2.45) - at(1) + 6) < 1, `half way down: ${at(2.45) - at(1)} dB`);
  assert.ok(at(3.2) < -90, `${at(3.2)} dB after its end`);
});

test('music fades as long as asked for, and begins where asked', async () => {
  const file = inFolder('late.wav');
  const tone = sine({ frequencyHz: 330, amplitude: 0.7, durationSeconds: 6, sampleRate: 44_100 });
  await writeWav(file, tone.fill(0, 0, 2 * 44_100), { sampleRate: 44_100 });
  const fades = { fadeInSeconds: 2, fadeOutSeconds: 4 };
  const left = await musicAlone({ file, startSeconds: 2, ...fades });
  const at = (seconds: number) => levelDb(left, (seconds - 0.05) * rate, (seconds + 0.05) * rate);
  assert.ok(Math.abs(at(1) - at(2.5) + 6) < 1, `half way up: ${at(1) - at(2.5)} dB`);
  assert.ok(Math.abs(at(6) - at(2.5) + 6) < 1, `half way down: ${at(6) - at(2.5)} dB`);
});

test('ducking goes down and comes back as fast as asked', async () => {
  const narration = [{ file: inFolder('breath.wav'), startSample: 6 * rate, gainDb: -60 }];
  const slow = { ...music, duckingAttackSeconds: 2, duckingReleaseSeconds: 3 };
  await mix({ totalSamples: 14 * rate, narration, music: { ...slow, gainDb: 0, duckingDb: -20 } });
  const [left] = await decodeAudio(inFolder('mix.m4a'));
  const at = (seconds: number) => levelDb(left, (seconds - 0.05) * rate, (seconds + 0.05) * rate);
  assert.ok(Math.abs(at(5) - at(3.5) + 10) < 1.5, `half way down: ${at(5) - at(3.5)} dB`);
  assert.ok(Math.abs(at(9.75) - at(3.5) + 10) < 1.5, `half way back: ${at(9.75) - at(3.5)} dB`);
});

test('in the pauses of a recorded voice the music comes back', async () => {
  const file = inFolder('recorded.wav');
  await writeWav(file, new Float32Array(22_050 * 10).fill(0.001, 0, 10), { sampleRate: 22_050 });
  const spans = [
    { startSeconds: 1, endSeconds: 3 },
    { startSeconds: 8, endSeconds: 10 },
  ];
  const narration = [{ file, startSample: 0, speech: spans }];
  await mix({ totalSamples: 12 * rate, narration, music: { ...music, duckingDb: -20 } });
  const [left] = await decodeAudio(inFolder('mix.m4a'));
  const at = (seconds: number) => levelDb(left, seconds * rate, (seconds + 0.5) * rate);
  assert.ok(at(5) - at(2) > 18 && at(5) - at(9) > 18, `${at(2)}, ${at(5)} and ${at(9)} dB`);
});

test('a narration is made louder or quieter', async () => {
  const narration = [
    { file: speech, startSample: 0 },
    { file: speech, startSample: 5 * rate, gainDb: -12 },
  ];
  await mix({ totalSamples: 10 * rate, narration, target: { lufs: -24, truePeakDbtp: -1 } });
  const [left] = await decodeAudio(inFolder('mix.m4a'));
  const difference = levelDb(left, 0, 4 * rate) - levelDb(left, 5 * rate, 9 * rate);
  assert.ok(Math.abs(difference - 12) < 0.5, `${difference} dB`);
});

test('the target is met where it is asked for, in AAC and Opus', async () => {
  for (const format of ['aac', 'opus'] as const) {
    const target = { lufs: -23, truePeakDbtp: -3 };
    const file = inFolder(`mix.${format}`);
    const result = await mix({ target, format, music, file });
    assert.ok(Math.abs(result.lufs + 23) <= 0.2 && result.truePeakDbtp <= -3, JSON.stringify(result));
    assert.equal(result.sampleCount, 6 * rate);
    const [left] = await decodeAudio(file);
    assert.equal(left.length, 6 * rate);
  }
});

test("a clip's sound is heard with the voice, as loud as it is beside it", async () => {
  const file = inFolder('clip.wav');
  const tone = sine({ frequencyHz: 1_000, amplitude: 0.2, durationSeconds: 1, sampleRate: rate });
  await writeWav(file, tone, { sampleRate: rate });
  const clip = { file, lengthSamples: rate, mediaStartSeconds: 0, speed: 1, loop: false };
  const clips = [
    { ...clip, startSample: 5 * rate, gainDb: 0 },
    { ...clip, startSample: 7 * rate, gainDb: -10 },
  ];
  const narration = [{ file: speech, startSample: 0 }];
  await mix({ totalSamples: 9 * rate, narration, clips, target: { lufs: -24, truePeakDbtp: -1 } });
  const [left] = await decodeAudio(inFolder('mix.m4a'));
  const at = (seconds: number) => levelDb(left, (seconds + 0.1) * rate, (seconds + 0.9) * rate);
  assert.ok(Math.abs(at(5) - at(7) - 10) < 0.5, `${at(5) - at(7)} dB`);
  assert.ok(at(6) < at(5) - 60, 'silent between');
});
