import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import { blend, contrastRatio, parseColor } from '../../src/drawing/color.ts';
import { themes, typefaceOf } from '../../src/drawing/index.ts';
import { layOutScene } from '../../src/drawing/scene-layout.ts';
import type { Timeline } from '../../src/timeline/index.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import { pixelAt, plainPicture, type Rendered, render } from './rendered.ts';

/** WCAG 2.2 AA for text of any size. */
const enough = 4.5;
const extremes = ['#000000', '#ffffff', '#808080', '#ff0000', '#00ff00', '#0000ff', '#ffff00'].map(
  parseColor,
);

for (const theme of Object.values(themes)) {
  test(`${theme.name}: captions can be read over any picture`, () => {
    const { text, box, boxOpacity, spokenText, spokenBox } = theme.caption;
    for (const under of extremes) {
      const seen = blend(parseColor(box), under, boxOpacity);
      assert.ok(contrastRatio(parseColor(text), seen) >= enough);
    }
    assert.ok(contrastRatio(parseColor(spokenText), parseColor(spokenBox)) >= enough);
  });

  test(`${theme.name}: headings and points can be read over any picture`, () => {
    const { heading, point, scrim, scrimOpacity } = theme.onPicture;
    for (const under of extremes) {
      const seen = blend(parseColor(scrim), under, scrimOpacity);
      for (const color of [heading, point]) assert.ok(contrastRatio(parseColor(color), seen) >= enough);
    }
  });

  for (const [width, height] of [
    [640, 360],
    [360, 640],
    [400, 400],
  ] as const) {
    test(`${theme.name} ${width}x${height}: the drawn scrim is dense enough on white, the drawn background clear enough`, () => {
      const words = { heading: 'A heading of some length', points: ['One point', 'Another point'] };
      const video = { width, height };
      const onWhite = timelineOf([{ id: 'a', ...words, picture: { source: 'p' } }], {
        theme: theme.name,
        video,
      });
      const plain = timelineOf([{ id: 'a', ...words }], { theme: theme.name, video });
      const white = new Map([['p', plainPicture('#ffffff')]]);
      expectReadable(onWhite, { frame: render(onWhite, 60, white), color: theme.onPicture.heading });
      expectReadable(plain, { frame: render(plain, 60), color: theme.onBackground.heading });
    });
  }
}

/** Beside every line of words, where no letter is, their colour differs enough from what is there. */
function expectReadable(timeline: Timeline, { frame, color }: { frame: Rendered; color: string }): void {
  const scene = timeline.scenes[0];
  assert.ok(scene);
  const layout = layOutScene(createCanvas(1, 1).getContext('2d'), {
    scene,
    hasCaptions: false,
    theme: themes[timeline.theme],
    metrics: canvasMetrics(timeline),
    face: typefaceOf(timeline.language),
  });
  const blocks = [...(layout.heading === undefined ? [] : [layout.heading]), ...layout.points];
  assert.equal(blocks.length, 3);
  for (const { block, x, y } of blocks) {
    for (const at of [x - 3, x + block.width + 6]) {
      for (let row = y; row < y + block.height; row += 2) {
        const [red, green, blue] = pixelAt(frame, at, row);
        const ratio = contrastRatio(parseColor(color), { red, green, blue });
        assert.ok(ratio >= enough, `${ratio} at ${at}, ${row}`);
      }
    }
  }
}
