import { createCanvas } from '@napi-rs/canvas';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import type { DrawingSurface } from '../../src/drawing/drawing-context.ts';
import { facesOf } from '../../src/drawing/faces.ts';
import { themes } from '../../src/drawing/index.ts';
import type { SceneRequest } from '../../src/drawing/layouts/index.ts';
import type { Chart, CompositionInput, LayoutName } from '../../src/protocol/index.ts';
import { layoutNames, limits } from '../../src/protocol/index.ts';
import { type SceneInput, timelineOf } from '../timeline/evenly-spoken.ts';

/** How much text a scene has. */
export const amounts = ['short', 'extreme', 'rtl'] as const;
export type Amount = (typeof amounts)[number];

export const canvasSizes = [
  { width: 640, height: 360 },
  { width: 360, height: 640 },
  { width: 480, height: 480 },
  { width: 400, height: 500 },
] as const;

interface Words {
  readonly heading: string;
  readonly points: readonly string[];
  readonly cell: string;
  readonly cells: number;
  readonly quote: string;
  readonly code: string;
  readonly number: string;
}

const long = (length: number): string =>
  'Donaudampfschifffahrtsgesellschaft and a number of quite ordinary words '
    .repeat(10)
    .slice(0, length)
    .trim();

const words: Record<Amount, Words> = {
  short: {
    heading: 'How it works',
    points: ['First', 'Second'],
    cell: 'Cell',
    cells: 3,
    quote: 'Less is more.',
    code: 'const one = 1;\nconsole.log(one);',
    number: '42 %',
  },
  extreme: {
    heading: long(limits.headingLength),
    points: Array.from({ length: limits.pointsPerScene }, () => long(limits.pointLength)),
    cell: long(limits.cellLength),
    cells: 99,
    quote: long(limits.quoteLength),
    code: 'function something() { return long.chain().of(calls).that().never().ends(); } // indeed\n'
      .repeat(45)
      .trim(),
    number: `1,234,567.89 ${long(180)}`,
  },
  rtl: {
    heading: 'كيف يعمل هذا',
    points: ['الأول', 'الثاني 2026'],
    cell: 'خلية',
    cells: 3,
    quote: 'خير الكلام ما قل ودل.',
    code: 'const one = 1;',
    number: '٤٢ مليون',
  },
};

const series = (of: Words, count: number, labels: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: of.cell,
    values: Array.from({ length: labels }, (__, label) => ((label * 7 + index * 3) % 11) - 3),
  }));

const pictures = (count: number) => Array.from({ length: count }, (_, index) => ({ source: `p${index}` }));

function chartOf(kind: Chart['kind'], of: Words): Chart {
  const labels = Array.from({ length: Math.min(of.cells, limits.chartLabels) }, () => of.cell);
  const count = kind === 'pie' ? 1 : Math.min(of.cells, limits.chartSeries);
  const shown = series(of, count, labels.length);
  // A slice cannot be less than nothing.
  const least = kind === 'pie' ? 0 : Number.NEGATIVE_INFINITY;
  const values = shown.map((each) => ({
    ...each,
    values: each.values.map((value) => Math.max(least, value)),
  }));
  return { kind, labels, series: values, unit: 'km' };
}

/** What else each layout needs. */
const parts: Record<LayoutName, (of: Words) => Partial<SceneInput>> = {
  title: () => ({}),
  content: () => ({}),
  picture: () => ({ picture: { source: 'p' }, points: [] }),
  'picture-left': () => ({ picture: { source: 'p' } }),
  'picture-right': () => ({ picture: { source: 'p' } }),
  split: ({ points }) => ({ pictures: pictures(2), points: points.slice(0, 2) }),
  grid: ({ cells, points }) => {
    const count = cells > 9 ? 9 : 5;
    return { pictures: pictures(count), points: points.slice(0, count) };
  },
  quote: ({ quote, cell }) => ({ quote: { text: quote, source: cell }, points: [] }),
  number: ({ number }) => ({ heading: number }),
  code: ({ code }) => ({ code: { text: code, language: 'ts' }, points: [] }),
  table: (of) => ({
    table: {
      columns: Array.from({ length: Math.min(of.cells, limits.tableColumns) }, () => ({ heading: of.cell })),
      rows: Array.from({ length: Math.min(of.cells, limits.tableRows) }, () =>
        Array.from({ length: Math.min(of.cells, limits.tableColumns) }, () => of.cell),
      ),
    },
    points: [],
  }),
  chart: (of) => ({ chart: chartOf('bar', of), points: [] }),
  'lower-third': () => ({}),
  end: () => ({}),
};

/** Every layout, and the chart in all its kinds. */
export const shownLayouts: readonly Pick<LayoutCase, 'layout' | 'chart'>[] = [
  ...layoutNames.map((layout) => ({ layout })),
  { layout: 'chart', chart: 'line' },
  { layout: 'chart', chart: 'pie' },
];

export interface LayoutCase {
  /** Bars when absent. */
  readonly chart?: Chart['kind'];
  readonly layout: LayoutName;
  readonly amount: Amount;
  readonly size: { readonly width: number; readonly height: number };
  readonly scene?: Partial<SceneInput>;
  readonly settings?: Partial<CompositionInput>;
}

/** A scene of the layout, with narration, after another one, as its painter gets it. */
export function requestOf({
  layout,
  chart,
  amount,
  size,
  scene = {},
  settings = {},
}: LayoutCase): SceneRequest {
  const of = words[amount];
  const timeline = timelineOf(
    [
      { id: 'before' },
      {
        ...{ id: 'scene', layout, heading: of.heading, points: [...of.points] },
        narration: [{ text: 'Something is said here that takes a moment or two.' }],
        ...parts[layout](of),
        ...(chart === undefined ? {} : { chart: chartOf(chart, of) }),
        ...scene,
      },
    ],
    { language: amount === 'rtl' ? 'ar' : 'en', video: { ...size, fps: 30 }, ...settings },
  );
  const shown = timeline.scenes[1];
  if (shown === undefined) throw new RangeError('There is no second scene.');
  const theme = themes[timeline.theme];
  const hasCaptions = shown.cues.length > 0 && timeline.captions.style !== 'none';
  const faces = facesOf(timeline.language, theme.fonts);
  return { scene: shown, timeline, metrics: canvasMetrics(timeline), theme, faces, hasCaptions };
}

/** Measures text, and makes layers. */
export function rulerSurface(): DrawingSurface {
  return { context: createCanvas(1, 1).getContext('2d'), createLayer: createCanvas };
}
