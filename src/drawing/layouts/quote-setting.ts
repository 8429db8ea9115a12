import type { Quote } from '../../protocol/index.ts';
import { type Box, mirrorBox, rightOf } from '../box.ts';
import type { DrawingContext } from '../drawing-context.ts';
import type { TextBlock } from '../text-block.ts';
import { textDirection } from '../text-direction.ts';
import type { TextStyle } from '../text-style.ts';
import { fitBlock } from './fit-block.ts';
import { bodyStyle, headingStyle } from './letter-styles.ts';
import { type InkedSign, measureInk, quotationMark } from './quotation-mark.ts';
import type { SceneRequest } from './scene-part.ts';

/** A quotation set for its region, not yet placed. Pixels. */
export interface SetQuote {
  readonly mark: InkedSign | undefined;
  readonly text: TextBlock;
  readonly source: TextBlock | undefined;
  readonly bar: { readonly width: number; readonly gap: number };
  readonly markGap: number;
  readonly sourceGap: number;
  readonly height: number;
}

export interface QuoteRequest {
  readonly said: Quote;
  readonly region: Box;
}

/** A short quotation is set larger than the theme has it, in no more lines than one likes to read. */
const growth = 1.4;
const mostLines = { wide: 5, square: 7, tall: 10 };

export function setQuote(
  context: DrawingContext,
  request: SceneRequest,
  { said, region }: QuoteRequest,
): SetQuote {
  const { theme, metrics, timeline } = request;
  const { unit, shape } = metrics;
  const hasMark = theme.quote.kind === 'mark';
  const bar = theme.quote.kind === 'bar' ? { width: 12 * unit, gap: 44 * unit } : { width: 0, gap: 0 };
  const markStyle = { ...headingStyle(request, Math.min(250 * unit, region.height * 0.5)), spacing: 0 };
  const mark = hasMark
    ? measureInk(context, quotationMark(timeline.language, textDirection(said.text)), {
        ...markStyle,
        weight: theme.quote.weight,
      })
    : undefined;
  const width = (region.width - bar.width - bar.gap) * (shape === 'wide' ? 0.9 : 1);
  const source = setSource(context, request, { said, width, height: region.height * 0.2 });
  const markGap = mark === undefined ? 0 : 40 * unit;
  const sourceGap = source === undefined ? 0 : 44 * unit;
  const around = (mark?.height ?? 0) + markGap + (source?.height ?? 0) + sourceGap;
  const text = fitBlock(context, {
    text: said.text,
    style: (size) => quoteStyle(request, size),
    size: theme.type.quoteSize * growth * unit,
    within: { width, height: region.height - around },
    lineHeight: 1.26,
    mostLines: mostLines[shape],
  });
  return { mark, text, source, bar, markGap, sourceGap, height: text.height + around };
}

function quoteStyle(request: SceneRequest, size: number): TextStyle {
  const { weight, italic } = request.theme.quote;
  return { ...headingStyle(request, size), weight, italic };
}

function setSource(
  context: DrawingContext,
  request: SceneRequest,
  { said, width, height }: { readonly said: Quote; readonly width: number; readonly height: number },
): TextBlock | undefined {
  if (said.source === undefined || said.source.trim() === '') return undefined;
  return fitBlock(context, {
    text: `— ${said.source}`,
    style: (size) => bodyStyle(request, size),
    size: request.theme.type.pointSize * 0.86 * request.metrics.unit,
    within: { width, height },
    lineHeight: 1.25,
  });
}

export interface QuoteBoxes {
  readonly mark: Box | undefined;
  readonly bar: Box | undefined;
  readonly text: Box;
  readonly source: Box | undefined;
}

/** From the region's beginning side; a little above the middle, where the eye expects the middle. */
export function placeQuote(set: SetQuote, region: Box): QuoteBoxes {
  const { mark, text, source, bar, markGap, sourceGap } = set;
  const isMirrored = text.direction === 'rtl';
  const side = (box: Box): Box => (isMirrored ? mirrorBox(box, region.x + rightOf(region)) : box);
  const top = region.y + Math.max(0, region.height - set.height) * 0.46;
  const x = region.x + bar.width + bar.gap;
  const textTop = top + (mark === undefined ? 0 : mark.height + markGap);
  const sourceTop = textTop + text.height + sourceGap;
  return {
    mark: mark && side({ x, y: top, width: mark.width, height: mark.height }),
    bar: bar.width > 0 ? side({ x: region.x, y: top, width: bar.width, height: set.height }) : undefined,
    text: side({ x, y: textTop, width: text.width, height: text.height }),
    source: source && side({ x, y: sourceTop, width: source.width, height: source.height }),
  };
}
