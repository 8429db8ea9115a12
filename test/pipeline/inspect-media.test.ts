import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { mixAudio } from '../../src/media/index.ts';
import { inspectMedia } from '../../src/pipeline/inspect-media.ts';
import { inspectedMediaSchema } from '../../src/pipeline/inspected-media.ts';
import type { Asset } from '../../src/protocol/index.ts';
import { encodeWav } from '../../src/speech/index.ts';
import { fontFile } from '../media/support/font-files.ts';
import { writeEncoded } from '../media/support/write-encoded.ts';
import { writeVideo } from '../media/support/write-video.ts';
import { gifOf } from '../pictures/picture-files.ts';
import { svgOf } from '../pictures/svg-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-inspect-'));
after(() => rm(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const pictures = [0, 40, 80].map((timeMs) => ({ timeMs, pixels: new Uint8Array(32 * 32 * 4).fill(128) }));
const sound = new Float32Array(9_600).fill(0.1);

before(async () => {
  const video = { width: 32, height: 32, pictures } as const;
  await writeVideo(at('clip.mp4'), { ...video, kind: 'h264', sound });
  await writeVideo(at('clip.webm'), { ...video, kind: 'vp9' });
  const narration = at('voice.wav');
  await writeFile(narration, encodeWav({ sampleRate: 48_000, samples: new Float32Array(4_800).fill(0.1) }));
  await mixAudio({
    totalSamples: 4_800,
    narration: [{ file: narration, startSample: 0 }],
    file: at('sound.m4a'),
  });
  await copyFile(at('sound.m4a'), at('sound.mp4'));
  await writeFile(at('moving.gif'), gifOf({ delays: [20, 20] }));
  await writeFile(at('logo.svg'), svgOf('<path d="M0 0h9v9z"/>'));
  await writeFile(at('words.json'), '[{"word": "Hello", "start": 0, "end": 0.4}]');
  await copyFile(fontFile('inter', 'latin', 'woff2'), at('brand.ttf'));
});

async function inspect(name: string, expected?: Asset['kind']) {
  // What the child answers is parsed by this schema: nothing more may be in it.
  return inspectedMediaSchema.parse(await inspectMedia(at(name), name, expected));
}

describe('what a file turns out to be', () => {
  it('is a video when it has pictures', async () => {
    const { durationSeconds, ...mp4 } = await inspect('clip.mp4');
    assert.deepEqual(mp4, { kind: 'video', contentType: 'video/mp4', width: 32, height: 32 });
    assert.ok(Math.abs((durationSeconds ?? 0) - 0.12) < 0.05, `${durationSeconds}`);
    assert.equal((await inspect('clip.webm')).contentType, 'video/webm');
  });

  it('is a sound when a WebM has none', async () => {
    const samples = new Float32Array(24_000).fill(0.1);
    await writeEncoded(at('voice.webm'), { format: 'webm', samples, sampleRate: 48_000 });
    const { durationSeconds, ...found } = await inspect('voice.webm');
    assert.deepEqual(found, { kind: 'audio', contentType: 'audio/webm' });
    assert.ok(Math.abs((durationSeconds ?? 0) - 0.5) < 0.05, `${durationSeconds}`);
  });

  it('is a sound when an MP4 has none', async () => {
    for (const name of ['sound.mp4', 'sound.m4a']) {
      const { kind, contentType, durationSeconds } = await inspect(name);
      assert.deepEqual({ kind, contentType }, { kind: 'audio', contentType: 'audio/mp4' });
      assert.ok(Math.abs((durationSeconds ?? 0) - 0.1) < 0.05, `${durationSeconds}`);
    }
  });

  it('is a picture, a font or a timing', async () => {
    const gif = { kind: 'picture', contentType: 'image/gif', width: 8, height: 6, durationSeconds: 0.4 };
    assert.deepEqual(await inspect('moving.gif'), gif);
    assert.deepEqual(await inspect('logo.svg'), {
      ...{ kind: 'picture', contentType: 'image/svg+xml' },
      ...{ width: 20, height: 20 },
    });
    assert.deepEqual(await inspect('brand.ttf'), { kind: 'font', contentType: 'font/woff2' });
    assert.deepEqual(await inspect('words.json'), { kind: 'timing', contentType: 'application/json' });
  });

  it('is no timing when it times nothing', async () => {
    await writeFile(at('settings.json'), '{"words": [{"word": "Hello"}]}');
    const error = {
      code: 'timing_invalid',
      message: '"settings.json": Entry 1, "Hello", needs "start" and "end" in seconds.',
    };
    await assert.rejects(inspect('settings.json'), error);
    await writeFile(at('empty.vtt'), 'WEBVTT\n\nNOTE nothing yet\n');
    await assert.rejects(inspect('empty.vtt'), { message: '"empty.vtt": No word in it has a time.' });
  });

  it('may be used as something near to it', async () => {
    assert.equal((await inspect('moving.gif', 'video')).kind, 'video');
    assert.equal((await inspect('clip.mp4', 'audio')).kind, 'audio');
  });

  const misused = [
    ['clip.mp4', 'picture', 'picture_invalid', /^"clip\.mp4" is used as picture, but it is video\/mp4\.$/],
    ['logo.svg', 'font', 'font_invalid', /is used as font, but it is image\/svg\+xml/],
    ['brand.ttf', 'audio', 'audio_invalid', /is used as audio, but it is font\/woff2/],
    ['sound.m4a', 'video', 'video_invalid', /has no pictures|used as video/],
    ['sound.mp4', 'video', 'video_invalid', /has no pictures/],
    ['clip.webm', 'timing', 'timing_invalid', /is used as timing, but it is video\/webm/],
  ] as const;
  for (const [name, expected, code, message] of misused) {
    it(`${name} is no ${expected}: ${code}`, () =>
      assert.rejects(inspect(name, expected), { code, message }));
  }
});
