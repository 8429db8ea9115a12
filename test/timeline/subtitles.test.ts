import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Timeline, toSrt, toVtt } from '../../src/timeline/index.ts';
import { timelineOf } from './evenly-spoken.ts';

const word = (text: string, startSeconds: number, endSeconds: number) => ({
  text,
  startSeconds,
  endSeconds,
  textStart: 0,
  textEnd: text.length,
});

/** Two scenes at 30 frames a second; the second starts at 1 h + 1/30 s. */
function handMade(): Timeline {
  const timeline = timelineOf([{ id: 'a' }, { id: 'b' }]);
  const [a, b] = timeline.scenes;
  assert.ok(a && b);
  const cue = (text: string, startSeconds: number, endSeconds: number) => ({
    text,
    startSeconds,
    endSeconds,
    words: [word(text, startSeconds, endSeconds)],
  });
  return {
    ...timeline,
    scenes: [
      { ...a, cues: [cue('a < b & "c" > d', 0.4004, 1.00051), cue('שלום', 1.00051, 1.0006)] },
      { ...b, startFrame: 30 * 3600 + 1, cues: [cue('Late', 0.5, 2)] },
    ],
  };
}

test('SubRip: absolute times in whole milliseconds that never overlap', () => {
  assert.equal(
    toSrt(handMade()),
    [
      '1\n00:00:00,400 --> 00:00:01,001\na < b & "c" > d\n',
      '2\n00:00:01,001 --> 00:00:01,002\nשלום\n',
      '3\n01:00:00,533 --> 01:00:02,033\nLate\n',
    ].join('\n'),
  );
});

test('WebVTT: the same cues, with its markup characters escaped', () => {
  assert.equal(
    toVtt(handMade()),
    [
      'WEBVTT\n',
      '00:00:00.400 --> 00:00:01.001\na &lt; b &amp; "c" &gt; d\n',
      '00:00:01.001 --> 00:00:01.002\nשלום\n',
      '01:00:00.533 --> 01:00:02.033\nLate\n',
    ].join('\n'),
  );
});
