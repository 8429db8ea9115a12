import type { TimelineScene } from '../timeline/timeline.ts';

/** Every text that a scene writes on the screen. */
export function sceneTexts(scene: TimelineScene): string[] {
  const { heading = '', points, cues, quote, code, table, chart } = scene;
  return [
    heading,
    ...points.map(({ text }) => text),
    ...cues.map(({ text }) => text),
    ...(quote === undefined ? [] : [quote.text, quote.source ?? '']),
    ...(code?.lines.flatMap((line) => line.map(({ text }) => text)) ?? []),
    ...(table === undefined ? [] : [...table.columns.map(({ heading: head }) => head), ...table.rows.flat()]),
    ...(chart === undefined ? [] : [...chart.labels, ...chart.series.map(({ name }) => name), chart.unit]),
  ];
}
