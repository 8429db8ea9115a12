import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import { blend, contrastRatio, parseColor, type Rgb } from '../../src/drawing/color.ts';
import { facesOf } from '../../src/drawing/faces.ts';
import { type TextColors, themes } from '../../src/drawing/index.ts';
import { freeRegion } from '../../src/drawing/layouts/free-region.ts';
import { layOutScene, type PlacedBlock, type SceneLayout } from '../../src/drawing/scene-layout.ts';
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

  for (const [width, height] of [
    [854, 480],
    [480, 854],
    [500, 500],
  ] as const) {
    test(`${theme.name} ${width}x${height}: words can be read on a white picture, a black one, a busy one, the theme's own background`, () => {
      const settings = { theme: theme.name, video: { width, height } };
      for (const picture of [plainPicture('#ffffff'), plainPicture('#000000'), busyPicture()]) {
        for (const points of [words.points, []]) {
          const timeline = timelineOf([{ ...words, points, picture: { source: 'p' } }], settings);
          const frame = render(timeline, 60, new Map([['p', picture]]));
          expectReadable(timeline, { frame, colors: theme.onPicture });
        }
      }
      const plain = timelineOf([words], settings);
      expectReadable(plain, { frame: render(plain, 60), colors: theme.onBackground });
    });
  }

  test(`${theme.name}: a picture keeps its light a quarter of the height away from the words`, () => {
    const video = { width: 640, height: 360 };
    const timeline = timelineOf([{ id: 'a', heading: 'Words', picture: { source: 'p' } }], {
      theme: theme.name,
      video,
    });
    const frame = render(timeline, 60, new Map([['p', plainPicture('#ffffff')]]));
    const bottom = layoutOf(timeline).bounds?.bottom ?? 0;
    assert.ok(bottom > 0 && bottom < video.height / 2);
    for (const x of [5, 60, 320, 635]) {
      assert.deepEqual(pixelAt(frame, x, bottom + video.height / 4), [255, 255, 255]);
    }
  });
}

const words = { id: 'a', heading: 'A heading of some length', points: ['One point', 'Another point'] };

function layoutOf(timeline: Timeline): SceneLayout {
  const scene = timeline.scenes[0];
  assert.ok(scene);
  const metrics = canvasMetrics(timeline);
  return layOutScene(createCanvas(1, 1).getContext('2d'), {
    scene,
    region: freeRegion({ metrics, hasCaptions: false }),
    ground: 'picture',
    theme: themes[timeline.theme],
    metrics,
    faces: facesOf(timeline.language, themes[timeline.theme].fonts),
  });
}

/** Squares of black, white and pure colours, about as large as letters. */
function busyPicture(): Canvas {
  const canvas = createCanvas(640, 360);
  const context = canvas.getContext('2d');
  const side = 20;
  for (let x = 0; x < canvas.width; x += side) {
    for (let y = 0; y < canvas.height; y += side) {
      const { red, green, blue } =
        extremes[(x / side + (3 * y) / side) % extremes.length] ?? parseColor('#ffffff');
      context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
      context.fillRect(x, y, side, side);
    }
  }
  return canvas;
}

/** All around the letters, just beside their blurred edges, what is there differs enough from their colour. */
function expectReadable(
  timeline: Timeline,
  { frame, colors }: { readonly frame: Rendered; readonly colors: TextColors },
): void {
  const { heading, points } = layoutOf(timeline);
  assert.ok(heading !== undefined);
  for (const [placed, color] of [
    [heading, colors.heading],
    ...points.map((point) => [point, colors.point] as const),
  ] as const) {
    const around = pixelsAroundLetters(frame, placed, color);
    assert.ok(around.length > 200);
    const ratios = around.map((pixel) => contrastRatio(parseColor(color), pixel)).sort((a, b) => a - b);
    // Hairlines of letters, thinner than a pixel, never have the full colour and seem to be around themselves.
    const worst = ratios[Math.floor(ratios.length * 0.005)] ?? 0;
    assert.ok(worst >= enough, `${worst} around "${placed.block.text}"`);
  }
}

/** The pixels two away from those of full colour: the next ones are the letters' own smooth edges. */
function pixelsAroundLetters(frame: Rendered, { block, x, y }: PlacedBlock, color: string): Rgb[] {
  const inked = (atX: number, atY: number): boolean => {
    const [red, green, blue] = pixelAt(frame, atX, atY);
    const wanted = parseColor(color);
    return Math.abs(red - wanted.red) + Math.abs(green - wanted.green) + Math.abs(blue - wanted.blue) < 90;
  };
  const around: Rgb[] = [];
  for (let row = y; row < y + block.height; row++) {
    for (let column = x; column < x + block.width; column++) {
      const near = (distance: number): boolean =>
        [-1, 0, 1].some((dx) => [-1, 0, 1].some((dy) => inked(column + dx * distance, row + dy * distance)));
      if (near(0) || near(1) || !near(2)) continue;
      const [red, green, blue] = pixelAt(frame, column, row);
      around.push({ red, green, blue });
    }
  }
  return around;
}
