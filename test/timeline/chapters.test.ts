import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compositionSchema } from '../../src/protocol/index.ts';
import {
  buildTimeline,
  type Chapter,
  chaptersOf,
  toChaptersText,
  toChaptersVtt,
} from '../../src/timeline/index.ts';

/** Scenes of exactly these seconds, one with each heading. */
function timelineOf(scenes: readonly (readonly [heading: string | undefined, seconds: number])[], fps = 30) {
  const composition = compositionSchema.parse({
    version: 1,
    title: 'The film',
    video: { fps },
    scenes: scenes.map(([heading, durationSeconds], index) => ({
      id: `scene-${index}`,
      durationSeconds,
      ...(heading !== undefined && { heading }),
    })),
  });
  return buildTimeline(composition, () => ({ durationSeconds: 0, words: [] }));
}

const title = 'The film';

test('each heading begins a chapter, from 0 to the end without gaps', () => {
  const timeline = timelineOf([
    [undefined, 4],
    ['Where it\nlives ', 10],
    [undefined, 5],
    ['Where it lives', 5],
    ['What it eats', 20],
  ]);
  assert.deepEqual(chaptersOf(timeline, { title }), [
    { title: 'The film', startSeconds: 0, endSeconds: 4 },
    { title: 'Where it lives', startSeconds: 4, endSeconds: 24 },
    { title: 'What it eats', startSeconds: 24, endSeconds: 44 },
  ]);
});

test('at 29.97 chapters begin where their frames do', () => {
  const chapters = chaptersOf(
    timelineOf(
      [
        ['One', 10],
        ['Two', 10],
      ],
      29.97,
    ),
    { title },
  );
  assert.deepEqual(chapters[1], { title: 'Two', startSeconds: 10.01, endSeconds: 20.02 });
});

test('one chapter is none', () => {
  assert.deepEqual(
    chaptersOf(
      timelineOf([
        [title, 5],
        [title, 5],
      ]),
      { title },
    ),
    [],
  );
  assert.deepEqual(chaptersOf(timelineOf([[undefined, 5]]), { title }), []);
});

test('WebVTT has every chapter, with its text made harmless', () => {
  const chapters = [
    { title: 'A --> B & <c>', startSeconds: 0, endSeconds: 61.5 },
    { title: 'End', startSeconds: 61.5, endSeconds: 3723.25 },
  ];
  assert.equal(
    toChaptersVtt(chapters),
    'WEBVTT\n\n00:00:00.000 --> 00:01:01.500\nA --&gt; B &amp; &lt;c&gt;\n\n00:01:01.500 --> 01:02:03.250\nEnd\n',
  );
});

test('the text for descriptions keeps to what YouTube takes', () => {
  const text = (lengths: readonly number[]) => {
    let startSeconds = 0;
    const chapters = lengths.map((length, index): Chapter => {
      const chapter = { title: `Part ${index}`, startSeconds, endSeconds: startSeconds + length };
      startSeconds = chapter.endSeconds;
      return chapter;
    });
    return toChaptersText(chapters).split('\n').slice(0, -1);
  };
  assert.deepEqual(text([62.9, 3600, 30]), ['0:00 Part 0', '1:02 Part 1', '1:01:02 Part 2']);
  assert.deepEqual(text([3, 20, 20, 20]), ['0:00 Part 1', '0:23 Part 2', '0:43 Part 3'], 'a short first');
  assert.deepEqual(
    text([20, 5, 5, 20, 20]),
    ['0:00 Part 0', '0:30 Part 3', '0:50 Part 4'],
    'short ones between',
  );
  assert.deepEqual(text([20, 20, 20, 4]), ['0:00 Part 0', '0:20 Part 1', '0:40 Part 2'], 'a short last');
  // From 9.9 to 19.9 the text would say 9 to 19; from 10.9 to 20.2, 10 to 20.
  assert.deepEqual(text([10.9, 9.3, 20, 20]), ['0:00 Part 0', '0:10 Part 1', '0:20 Part 2', '0:40 Part 3']);
  assert.deepEqual(text([20, 20]), [], 'too few');
  assert.deepEqual(text([]), []);
});
