import { type LayoutName, limits } from '../protocol/index.ts';
import { mistake, type Place } from './mistake.ts';
import { quoteText } from './quote-block.ts';
import { type PlacedQuote, type SceneDraft, settingsOf } from './scene-draft.ts';

/**
 * The layout a directive names, else the one that shows what the scene holds.
 *
 * @throws {AuraError} script_invalid for a layout without what it shows, and for what it does not show.
 */
export function chooseLayout(draft: SceneDraft): LayoutName {
  const { layout, chart } = settingsOf(draft);
  const chosen = layout ?? impliedLayout(draft, chart !== undefined);
  const place = draft.directives.find(({ name }) => name === 'layout')?.place ?? draft.place;
  const missing = missingPart(draft, chosen);
  if (missing !== undefined) throw mistake(place, `the layout ${chosen} ${missing}`);
  refuseHidden(draft, chosen);
  return chosen;
}

/** A quote that is shown as one when no directive says otherwise: nothing else is in its scene. */
export function loneQuote(draft: SceneDraft): PlacedQuote | undefined {
  const { quotes, images, points, narration, code, table } = draft;
  const [quote] = quotes;
  if (quote === undefined || quotes.length > 1) return undefined;
  if (code !== undefined || table !== undefined || images.length + points.length > 0) return undefined;
  const isAll = quote.from === 0 && quote.to === narration.length;
  return isAll && quoteText(quote).length <= limits.quoteLength ? quote : undefined;
}

function impliedLayout(draft: SceneDraft, hasChart: boolean): LayoutName {
  if (draft.code !== undefined) return 'code';
  if (draft.table !== undefined) return hasChart ? 'chart' : 'table';
  if (loneQuote(draft) !== undefined) return 'quote';
  return draft.depth === 1 ? 'title' : 'content';
}

/** What the scene would need for the layout, said so that it can be written. */
function missingPart(draft: SceneDraft, layout: LayoutName): string | undefined {
  const { heading, images, code, table } = draft;
  switch (layout) {
    case 'title':
    case 'content':
    case 'end':
      return undefined;
    case 'code':
      return code === undefined ? 'shows code; write it between two lines of ```' : undefined;
    case 'table':
    case 'chart':
      return table === undefined ? `shows a table; write one, as in ${tableExample}` : undefined;
    case 'quote':
      return quoteProblem(draft);
    case 'number':
      return heading === undefined ? 'shows the heading as the number; write ## 42 %' : undefined;
    case 'lower-third':
      return heading === undefined ? 'shows the heading below; write ## and a name' : undefined;
    case 'picture':
    case 'picture-left':
    case 'picture-right':
      return images.length === 0 ? 'shows an image; write ![what it shows](file.jpg)' : undefined;
    case 'split':
      return images.length === 2 ? undefined : `shows two images, and the scene has ${images.length}`;
    case 'grid':
      return gridProblem(images.length);
  }
}

const tableExample = '| Year | Sold |';

function quoteProblem({ quotes, points }: SceneDraft): string | undefined {
  const [quote] = quotes;
  if (quote === undefined) return 'shows a quote; write it as > text, and who said it as > — Name';
  if (quotes.length > 1) return `shows one quote, and the scene has ${quotes.length}; put --- between them`;
  if (points.length > 0) return 'shows no points; put them into a scene of their own';
  const { length } = quoteText(quote);
  return length > limits.quoteLength
    ? `takes at most ${limits.quoteLength} characters, this quote has ${length}`
    : undefined;
}

function gridProblem(imageCount: number): string | undefined {
  if (imageCount >= 2 && imageCount <= limits.picturesPerScene) return undefined;
  return `shows 2 to ${limits.picturesPerScene} images, and the scene has ${imageCount}`;
}

/** Nothing of a script is left out silently. */
function refuseHidden({ images, points, code, table }: SceneDraft, layout: LayoutName): void {
  const only = (place: Place, what: string) => {
    const advice = 'leave the layout out, or put it into a scene of its own with ---';
    throw mistake(place, `the layout ${layout} does not show ${what}; ${advice}`);
  };
  if (code !== undefined && layout !== 'code') only(code.place, 'code');
  if (table !== undefined && layout !== 'table' && layout !== 'chart') only(table.place, 'a table');
  const second = images[1];
  if (layout === 'split' || layout === 'grid') {
    const extra = points[images.length];
    const place = images[0]?.place;
    if (extra === undefined || place === undefined) return;
    throw mistake(place, `${images.length} images have at most as many points, not ${points.length}`);
  }
  if (second !== undefined) only(second.place, 'a second image');
}
