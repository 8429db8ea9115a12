import type { DrawingContext } from '../drawing-context.ts';
import { layOutBlock, type TextBlock } from '../text-block.ts';
import type { TextStyle } from '../text-style.ts';
import { largestFit } from './largest-fit.ts';

export interface FitRequest {
  readonly text: string;
  /** At any size. */
  readonly style: (size: number) => TextStyle;
  /** The size it has when there is room for it, in pixels. */
  readonly size: number;
  readonly within: { readonly width: number; readonly height: number };
  /** In shares of the type size. */
  readonly lineHeight: number;
  readonly mostLines?: number;
}

/** Down to this share of the size no word is cut; further down a cut word is better than tiny type. */
const smallestUncut = 0.45;
const smallest = 0.06;

/** A text set as large as asked for, or smaller until it fits. */
export function fitBlock(context: DrawingContext, request: FitRequest): TextBlock {
  const { text, size, within, lineHeight, mostLines = Number.POSITIVE_INFINITY } = request;
  const make = (tried: number): TextBlock =>
    layOutBlock(context, { text, style: request.style(tried), maximumWidth: within.width, lineHeight });
  const fits = (block: TextBlock): boolean =>
    block.height <= within.height &&
    block.width <= within.width &&
    !(block.cut && block.style.size > size * smallestUncut) &&
    (block.lines.length <= mostLines || block.style.size < size * smallestUncut);
  return largestFit({ largest: size, smallest: size * smallest }, make, fits);
}
