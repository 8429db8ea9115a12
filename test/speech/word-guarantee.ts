import assert from 'node:assert/strict';
import type { WordTime } from '../../src/protocol/index.ts';

/** What captions and highlights rely on, whatever was spoken. */
export function assertWordsCover(text: string, words: readonly WordTime[], durationSeconds: number): void {
  let time = 0;
  let offset = 0;
  for (const word of words) {
    assert.equal(text.slice(word.textStart, word.textEnd), word.text);
    assert.ok(word.startSeconds >= time, `${word.text} begins before the word before it ends`);
    assert.ok(word.endSeconds > word.startSeconds, `${word.text} lasts`);
    assert.match(
      text.slice(offset, word.textStart),
      /^\s*$/,
      `nothing visible is left out before ${word.text}`,
    );
    assert.match(word.text, /^\S.*\S$|^\S$/su, 'no white space at its ends');
    time = word.endSeconds;
    offset = word.textEnd;
  }
  assert.match(text.slice(offset), /^\s*$/, 'nothing visible is left out at the end');
  assert.ok(time <= durationSeconds, `the last word ends at ${time} s, the sound at ${durationSeconds} s`);
}
