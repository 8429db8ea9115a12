import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { measureVoiceOver } from '../../src/media/measure-voice-over.ts';
import { wordsFromTiming } from '../../src/timeline/index.ts';
import { parseTimingFile } from '../../src/timeline/timing-file.ts';
import { readExamples } from './read-examples.ts';

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
  for (const { folder, composition } of await readExamples()) {
    for (const { voiceOver, narration } of composition.scenes) {
      if (voiceOver === undefined) continue;
      const { source, timing } = voiceOver;
      const passages = narration.map(({ text }) => text);
      const words = timing === undefined ? undefined : await readFile(path.join(folder, timing), 'utf8');
      recordings.push({ file: path.join(folder, source), passages, timing: words });
    }
  }
  return recordings;
}
