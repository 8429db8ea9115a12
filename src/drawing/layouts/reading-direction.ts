import type { TimelineScene } from '../../timeline/index.ts';
import { type Box, mirrorBox } from '../box.ts';
import { type Direction, textDirection } from '../text-direction.ts';
import type { SceneRequest } from './scene-part.ts';

/** Which way a scene is read: by its own words, or by the video's language when they are only numbers and signs. */
export function readingDirection({ scene, timeline }: Pick<SceneRequest, 'scene' | 'timeline'>): Direction {
  const words = wordsOf(scene).join(' ');
  return /\p{L}/u.test(words) ? textDirection(words) : languageDirection(timeline.language);
}

/** Puts what was laid out from left to right where the scene's readers expect it. */
export function inReadingDirection(request: SceneRequest): (box: Box) => Box {
  const isMirrored = readingDirection(request) === 'rtl';
  return (box) => (isMirrored ? mirrorBox(box, request.metrics.width) : box);
}

function wordsOf({ heading, points, quote, table, chart }: TimelineScene): string[] {
  return [
    ...(heading === undefined ? [] : [heading]),
    ...(quote === undefined ? [] : [quote.text]),
    ...points.map(({ text }) => text),
    ...(table?.columns.map((column) => column.heading) ?? []),
    ...(table?.rows.flat() ?? []),
    ...(chart?.labels ?? []),
  ];
}

const rightToLeftScripts = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Syrc', 'Thaa']);

function languageDirection(language: string): Direction {
  const { script } = new Intl.Locale(language).maximize();
  return script !== undefined && rightToLeftScripts.has(script) ? 'rtl' : 'ltr';
}
