import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { drawEntering } from '../../src/drawing/enter.ts';
import type { EnteringLayer } from '../../src/drawing/entering-layer.ts';
import { typefaceOf } from '../../src/drawing/index.ts';
import { layOutBlock, paintBlock } from '../../src/drawing/text-block.ts';
import { enteringLetters } from '../../src/drawing/text-lines.ts';
import { type TextMotion, textMotions } from '../../src/protocol/index.ts';
import { entrance, pointAppearance } from '../../src/timeline/index.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import { rulerSurface } from './layout-cases.ts';
import { type Box, boxOfPixels, type Rendered } from './rendered.ts';

/** Two lines of two words of 10 letters each, all of it one white block of 200 x 40 pixels. */
function block(direction: 'ltr' | 'rtl'): EnteringLayer {
  const layer = createCanvas(200, 40);
  const context = layer.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, 200, 40);
  const ends = Array.from({ length: 20 }, (_, index) => (index + 1) * 10);
  const letterEnds = direction === 'ltr' ? ends : ends.map((end) => 200 - end);
  const line = { direction, gaps: [100], letterEnds };
  const strips = [0, 20].map((top) => ({ top, height: 20, y: top }));
  const lines = strips.map((strip) => ({ ...line, strip, shade: strip, softness: 0 }));
  return { layer, x: 20, y: 30, letters: { layer, lines } };
}

function drawn(layer: EnteringLayer, motion: TextMotion, shown: number, opacity = 1): Rendered {
  const canvas = createCanvas(240, 120);
  drawEntering(canvas.getContext('2d'), layer, { shown, opacity, motion, distance: 20 });
  return { width: 240, height: 120, data: new Uint8Array(canvas.data()) };
}

function seen(layer: EnteringLayer, motion: TextMotion, shown: number): Box | undefined {
  return boxOfPixels(drawn(layer, motion, shown), (red, _, __) => red > 0);
}

for (const motion of textMotions) {
  test(`${motion}: nothing before it begins, everything in its place once it is in`, () => {
    assert.equal(seen(block('ltr'), motion, 0), undefined);
    assert.deepEqual(drawn(block('ltr'), motion, 1).data, drawn(block('ltr'), 'none', 1).data);
    assert.deepEqual(seen(block('ltr'), motion, 1), { left: 20, top: 30, right: 220, bottom: 70 });
    assert.equal(seen({ ...block('ltr'), letters: undefined }, motion, 0.5) === undefined, false);
  });

  test(`${motion}: more is seen with every step`, () => {
    let before = -1;
    for (let step = 0; step <= 20; step++) {
      const { data } = drawn(block('ltr'), motion, step / 20);
      let light = 0;
      for (let at = 3; at < data.length; at += 4) light += data[at] ?? 0;
      assert.ok(light >= before, `step ${step}`);
      before = light;
    }
  });
}

test('typewriter: letter by letter, from the side where one begins to read, line after line', () => {
  assert.deepEqual(seen(block('ltr'), 'typewriter', 0.26), { left: 20, top: 30, right: 120, bottom: 50 });
  assert.deepEqual(seen(block('rtl'), 'typewriter', 0.26), { left: 120, top: 30, right: 220, bottom: 50 });
  assert.deepEqual(seen(block('ltr'), 'typewriter', 0.8), { left: 20, top: 30, right: 220, bottom: 70 });
});

test('stagger: the first word is up before the last one begins', () => {
  const early = seen(block('ltr'), 'stagger', 0.1);
  assert.ok(early && early.right <= 120 && early.bottom <= 50 + 20);
  assert.equal(seen(block('rtl'), 'stagger', 0.1)?.left, 120);
});

/** White words on a dark shade, set so tight that letters of one line reach into the next. */
function shadedWords(text: string): EnteringLayer {
  const surface = rulerSurface();
  const style = { face: typefaceOf('en'), weight: 700, size: 30, spacing: 0 };
  const words = layOutBlock(surface.context, { text, style, maximumWidth: 100, lineHeight: 0.8 });
  const on = { x: 40, y: 30, width: 200, height: 110, align: 'start' as const, color: '#ffffff' };
  const layer = createCanvas(on.width, on.height);
  paintBlock(layer.getContext('2d'), words, { ...on, halo: '#000000' });
  return { layer, x: 10, y: 5, letters: enteringLetters(surface, words, { ...on, halo: '#000000' }) };
}

for (const motion of ['typewriter', 'stagger'] as const) {
  test(`${motion}: the shade around words has no edges where they are cut`, () => {
    const words = shadedWords('pppp gggg');
    assert.equal(words.letters?.lines.length, 2);
    const most = steepest(drawn(words, 'none', 1));
    for (let shown = 0.05; shown < 1; shown += 0.05) {
      const steep = steepest(drawn(words, motion, shown));
      assert.ok(steep <= most + 4, `${shown.toFixed(2)}: ${steep}, and at rest ${most}`);
    }
  });
}

/** By how much the shade differs most from one pixel to the one beside or below it, away from letters. */
function steepest({ width, height, data }: Rendered): number {
  const isLetter = (at: number): boolean => (data[at * 4] ?? 0) > 0;
  let most = 0;
  for (let at = 0; at < width * (height - 1) - 1; at++) {
    for (const next of [at + 1, at + width]) {
      if (isLetter(at) || isLetter(next)) continue;
      most = Math.max(most, Math.abs((data[at * 4 + 3] ?? 0) - (data[next * 4 + 3] ?? 0)));
    }
  }
  return most;
}

test('stagger: in pieces the words look as they do in the end', () => {
  const words = shadedWords('pppp gggg');
  const [whole, last] = [drawn(words, 'none', 1), drawn(words, 'stagger', 1 - 1e-9)];
  const off = whole.data.map((value, at) => Math.abs(value - (last.data[at] ?? 0)));
  assert.ok(Math.max(...off) <= 4, String(Math.max(...off)));
});

test('typewriter: a written line has its whole letters, and nothing of them is repeated below', () => {
  const [both, one] = [shadedWords('pppp gggg'), shadedWords('pppp')];
  const half = drawn(both, 'typewriter', 0.5);
  const alone = drawn(one, 'none', 1);
  const ink = (of: Rendered) => boxOfPixels(of, (red) => red > 60);
  assert.deepEqual(ink(half), ink(alone));
  assert.ok((ink(alone)?.bottom ?? 0) > 5 + (both.letters?.lines[0]?.strip.y ?? 0) + 0.8 * 30);
});

test('typewriter: nothing is seen of a letter before it is written, however close it is set', () => {
  for (const [text, written] of [
    ['ow', 'o'],
    ['Ty', 'T'],
    ['AV', 'A'],
  ] as const) {
    const [both, one] = [shadedWords(text), shadedWords(written)];
    const ink = (of: Rendered) => boxOfPixels(of, (red) => red > 60);
    const [half, alone] = [ink(drawn(both, 'typewriter', 0.5)), ink(drawn(one, 'none', 1))];
    assert.ok(half && alone && half.right <= alone.right && half.right >= alone.right - 4, text);
  }
});

test('a text takes as long to be typed as it has letters; in the first frame of a video words are there', () => {
  const heading = 'Thirty-five letters take one second';
  const points = ['One', 'Two'];
  const timings = textMotions.map((textMotion) => {
    const scene = { id: 'b', heading, points, textMotion, durationSeconds: 4 };
    const { scenes } = timelineOf([{ ...scene, id: 'a' }, scene]);
    const [first, later] = scenes;
    assert.ok(first && later);
    const length = ({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }): number =>
      Math.round((endSeconds - startSeconds) * 100) / 100;
    const starts = later.points.map((point) => pointAppearance(later, point).startSeconds);
    return {
      textMotion,
      first: length(entrance(first, 30)),
      later: length(entrance(later, 30)),
      together: starts[0] === starts[1],
    };
  });
  assert.deepEqual(timings, [
    { textMotion: 'rise', first: 0, later: 0.6, together: true },
    { textMotion: 'fade', first: 0, later: 0.6, together: true },
    { textMotion: 'typewriter', first: 1, later: 1, together: false },
    { textMotion: 'stagger', first: 0.95, later: 0.95, together: false },
    { textMotion: 'none', first: 0, later: 0, together: true },
  ]);
});
