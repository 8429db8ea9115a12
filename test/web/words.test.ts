import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentOf } from '../../src/web/words/job-in-words.ts';
import { sizeInWords } from '../../src/web/words/size-in-words.ts';
import { agoInWords, lengthInWords, rangeInWords } from '../../src/web/words/time-in-words.ts';

test('percent is rounded down: 100 needs all of it', () => {
  assert.equal(percentOf({ progress: 0.999 }), 99);
  assert.equal(percentOf({ progress: 1 }), 100);
  assert.equal(percentOf({ progress: 0.005 }), 0);
});

test('lengths', () => {
  assert.equal(lengthInWords(0.2), '1 s');
  assert.equal(lengthInWords(59.4), '59 s');
  assert.equal(lengthInWords(59.6), '1 min');
  assert.equal(lengthInWords(125), '2 min 5 s');
  assert.equal(lengthInWords(7_380), '2 h 3 min');
});

test('what remains is told between its ends, vaguer the longer it is', () => {
  const words = (lowSeconds: number, highSeconds: number) => rangeInWords({ lowSeconds, highSeconds });
  assert.equal(words(0, 4), 'a few seconds left');
  assert.equal(words(7.2, 9.8), 'about 7 to 10 seconds left');
  assert.equal(words(0.2, 6), 'up to 6 seconds left');
  assert.equal(words(31, 44), 'about 30 to 45 seconds left');
  assert.equal(words(70, 100), 'about 1 to 2 minutes left');
  assert.equal(words(125, 170), 'about 2 to 3 minutes left');
  assert.equal(words(290, 310), 'about 5 minutes left');
  assert.equal(words(80, 91), 'about 1 to 2 minutes left');
  assert.equal(words(2 * 3600, 3 * 3600), 'about 2 to 3 hours left');
});

test('how long ago, also for a clock that is a little behind', () => {
  const at = '2026-01-02T03:04:05.000Z';
  const atMs = Date.parse(at);
  assert.equal(agoInWords(at, atMs - 5_000), 'just now');
  assert.equal(agoInWords(at, atMs + 60_000), '1 minute ago');
  assert.equal(agoInWords(at, atMs + 2 * 3_600_000), '2 hours ago');
  assert.match(agoInWords(at, atMs + 3 * 86_400_000), /2026/);
});

test('sizes never lose their unit', () => {
  assert.equal(sizeInWords(0), '0 B');
  assert.equal(sizeInWords(812), '812 B');
  assert.equal(sizeInWords(4_210), '4.2 kB');
  assert.equal(sizeInWords(18_400_000), '18 MB');
  assert.equal(sizeInWords(3_000_000_000_000), '3000 GB');
});
