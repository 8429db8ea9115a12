import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { loadImage } from '@napi-rs/canvas';
import { measureVoiceOver } from '../../src/media/measure-voice-over.ts';
import {
  chartKinds,
  layoutNames,
  pictureMotions,
  textMotions,
  transitionKinds,
} from '../../src/protocol/index.ts';
import { isSpeakable } from '../../src/script/clean-text.ts';
import { listSources, parseScript } from '../../src/script/index.ts';
import { wordsFromTiming } from '../../src/timeline/index.ts';
import { parseTimingFile } from '../../src/timeline/timing-file.ts';

const examples = path.join(import.meta.dirname, '..', '..', 'examples');

test('every example can be read, and the files it names are beside it', async () => {
  const names = await readdir(examples);
  assert.ok(names.length >= 4);
  for (const name of names) {
    const composition = parseScript(await readFile(path.join(examples, name, 'script.md'), 'utf8'));
    for (const { source, kind } of listSources(composition)) {
      const file = path.join(examples, name, source);
      const isPhotograph = kind === 'picture' && !file.endsWith('.svg');
      if (isPhotograph) assert.ok((await loadImage(file)).width >= 1350, file);
      else assert.ok((await readFile(file)).length > 0, file);
    }
    for (const { picture, clip, pictures } of composition.scenes) {
      const alts = [picture?.alt, clip?.alt, ...pictures.map(({ alt }) => alt)];
      assert.ok(!alts.includes(''), `${name}: a picture without alt`);
    }
    const texts = composition.scenes.flatMap(({ narration }) => narration.map(({ text }) => text));
    assert.ok(texts.every(isSpeakable), name);
  }
});

test('the examples show every layout, transition, motion and chart there is', async () => {
  const names = await readdir(examples);
  const scripts = names.map((name) => readFile(path.join(examples, name, 'script.md'), 'utf8'));
  const scenes = (await Promise.all(scripts)).flatMap((script) => parseScript(script).scenes);
  const shown = new Set([
    ...scenes.map(({ layout }) => `layout ${layout}`),
    ...scenes.map(({ transition }) => `transition ${transition.kind}`),
    ...scenes.map(({ textMotion }) => `text ${textMotion}`),
    ...scenes.flatMap(({ picture }) => (picture === undefined ? [] : [`motion ${picture.motion}`])),
    ...scenes.flatMap(({ chart }) => (chart === undefined ? [] : [`chart ${chart.kind}`])),
  ]);
  const all = [
    ...layoutNames.map((name) => `layout ${name}`),
    ...transitionKinds.map((kind) => `transition ${kind}`),
    ...textMotions.map((motion) => `text ${motion}`),
    ...pictureMotions.map((motion) => `motion ${motion}`),
    ...chartKinds.map((kind) => `chart ${kind}`),
  ];
  assert.deepEqual(
    all.filter((item) => !shown.has(item)),
    [],
  );
});

test('the recorded voices of the examples say what is written, when their timing files say it', async () => {
  const recordings = await listRecordings();
  assert.ok(recordings.some(({ timing }) => timing !== undefined));
  assert.ok(recordings.some(({ timing }) => timing === undefined));
  for (const { file, passages, timing } of recordings) {
    assert.ok((await stat(file)).size < 300_000, file);
    const { durationSeconds, speech } = await measureVoiceOver({ file });
    const words = wordsFromTiming({ passages, language: 'en', durationSeconds, speech, timing });
    for (const { startSeconds, durationSeconds: lasts } of words) {
      const [begins, ends] = [startSeconds, startSeconds + lasts];
      assert.ok(
        speech.some((heard) => Math.abs(heard.startSeconds - begins) < 0.1),
        file,
      );
      assert.ok(
        speech.some((heard) => Math.abs(heard.endSeconds - ends) < 0.1),
        file,
      );
    }
    if (timing === undefined) continue;
    const said = parseTimingFile(timing).map(({ text }) => text);
    assert.equal(said.join(' '), passages.join(' '));
  }
});

interface Recording {
  readonly file: string;
  readonly passages: readonly string[];
  readonly timing: string | undefined;
}

async function listRecordings(): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for (const name of await readdir(examples)) {
    const { scenes } = parseScript(await readFile(path.join(examples, name, 'script.md'), 'utf8'));
    for (const { voiceOver, narration } of scenes) {
      if (voiceOver === undefined) continue;
      const { source, timing } = voiceOver;
      const passages = narration.map(({ text }) => text);
      const words =
        timing === undefined ? undefined : await readFile(path.join(examples, name, timing), 'utf8');
      recordings.push({ file: path.join(examples, name, source), passages, timing: words });
    }
  }
  return recordings;
}
