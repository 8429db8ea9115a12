import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { paintBackdrop } from '../../src/drawing/backdrop.ts';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import { blend, contrastRatio, parseColor, type Rgb } from '../../src/drawing/color.ts';
import { type Theme, themes } from '../../src/drawing/index.ts';
import { unlitShare } from '../../src/drawing/layouts/code-dimming.ts';
import { headColor, headTint } from '../../src/drawing/layouts/table-head.ts';
import { codeTokenKinds } from '../../src/timeline/index.ts';

/** WCAG 2.2 AA: for text of any size, and for large text and graphics. */
const readable = 4.5;
const visible = 3;

const [black, white] = [parseColor('#000000'), parseColor('#ffffff')];

for (const theme of Object.values(themes)) {
  test(`${theme.name}: every colour can be read on every pixel of the background where words may stand`, () => {
    const { heading, point, muted, accent } = theme.onBackground;
    const behind = [...backdropColors(theme)].map(parseColor);
    for (const color of [heading, point, muted]) expectContrast(color, behind, readable);
    for (const color of [accent, theme.quote.color, theme.accent.rampTo ?? accent]) {
      expectContrast(color, behind, visible);
    }
    for (const color of theme.palette) expectContrast(color, behind, visible);
  });

  test(`${theme.name}: words and charts on a panel, over whatever lies under it`, () => {
    const { panel, palette } = theme;
    const behind = panelColors(theme);
    for (const color of [panel.text, panel.muted]) expectContrast(color, behind, readable);
    for (const color of [panel.accent, ...palette]) expectContrast(color, behind, visible);
  });

  test(`${theme.name}: a table's head on its tint`, () => {
    const tint = parseColor(theme.panel.accent);
    const behind = panelColors(theme).map((under) => blend(tint, under, headTint));
    expectContrast(headColor(theme), behind, readable);
  });

  test(`${theme.name}: code on a panel, lit or not`, () => {
    const { litLine } = theme.code;
    const plain = panelColors(theme);
    const lit = plain.map((under) => blend(parseColor(litLine.color), under, litLine.opacity));
    const unlit = unlitShare(theme);
    assert.ok(unlit < 0.8, `lit lines hardly stand out: ${unlit}`);
    for (const kind of codeTokenKinds) {
      expectContrast(theme.code[kind], [...plain, ...lit], readable);
      for (const under of plain) {
        const dimmed = blend(parseColor(theme.code[kind]), under, unlit);
        assert.ok(contrastRatio(dimmed, under) >= visible, `unlit ${kind}`);
      }
    }
    for (const [index, under] of plain.entries()) {
      assert.ok(contrastRatio(lit[index] ?? under, under) >= 1.15, 'the band behind lit lines');
    }
  });

  test(`${theme.name}: over pictures, the words can be read on the shade, and the accent seen`, () => {
    const { heading, point, muted, accent, shade } = theme.onPicture;
    for (const color of [heading, point, muted]) expectContrast(color, [parseColor(shade)], 7);
    expectContrast(accent, [parseColor(shade)], readable);
  });

  test(`${theme.name}: neighbours of its chart colours are told apart`, () => {
    for (const [index, color] of theme.palette.entries()) {
      for (const other of theme.palette.slice(index + 1)) {
        assert.ok(distance(color, other) >= 18, `${color} and ${other}: ${distance(color, other)}`);
      }
    }
  });
}

function expectContrast(color: string, behind: readonly Rgb[], least: number): void {
  for (const under of behind) {
    const ratio = contrastRatio(parseColor(color), under);
    assert.ok(ratio >= least, `${color} on ${JSON.stringify(under)}: ${ratio}`);
  }
}

/** Every colour within the margins, on canvases of all shapes. */
function backdropColors(theme: Theme): Set<string> {
  const colors = new Set<string>();
  for (const [width, height] of [
    [320, 180],
    [180, 320],
    [200, 200],
  ] as const) {
    const canvas = createCanvas(width, height);
    const context = canvas.getContext('2d');
    paintBackdrop(context, { width, height }, { background: undefined, theme });
    const { marginX, marginTop, contentBottom } = canvasMetrics({ width, height });
    const [left, top] = [Math.ceil(marginX), Math.ceil(marginTop)];
    const { data } = context.getImageData(left, top, width - 2 * left, Math.floor(contentBottom) - top);
    for (let at = 0; at < data.length; at += 4) {
      const parts = [...data.subarray(at, at + 3)];
      colors.add(`#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`);
    }
  }
  return colors;
}

function panelColors({ panel, background }: Theme): Rgb[] {
  const under = [...background.colors.map(parseColor), black, white];
  return under.map((color) => blend(parseColor(panel.color), color, panel.opacity));
}

/** Difference as seen: CIE76 in CIELAB. */
function distance(one: string, other: string): number {
  const [a, b] = [toLab(parseColor(one)), toLab(parseColor(other))];
  return Math.hypot(...a.map((part, index) => part - (b[index] ?? 0)));
}

function toLab({ red, green, blue }: Rgb): number[] {
  const [r, g, b] = [red, green, blue].map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const curve = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
