import type { DrawingContext } from '../drawing-context.ts';
import { layOutBlock, type TextBlock } from '../text-block.ts';
import { largestFit } from './largest-fit.ts';
import { bodyStyle } from './letter-styles.ts';
import { chartTypeSize } from './plot.ts';
import type { SceneRequest } from './scene-part.ts';

/** Labels of one size under the slots of a plot. */
export interface LabelRow {
  readonly blocks: readonly TextBlock[];
  /** Only every so many slots have a label. */
  readonly every: number;
  readonly height: number;
  /** Every label is read easily. */
  readonly isReadable: boolean;
}

/** In shares of the usual size. */
const readable = 0.62;
const smallest = 0.12;

/** @param slot.mayLeaveOut Where there are too many labels, as with months, some can go. */
export function labelRow(
  context: DrawingContext,
  request: SceneRequest,
  slot: {
    readonly labels: readonly string[];
    readonly width: number;
    readonly height: number;
    readonly mayLeaveOut: boolean;
  },
): LabelRow {
  let row = rowOf(context, request, slot, 1);
  for (let every = 2; slot.mayLeaveOut && !row.isReadable && every <= slot.labels.length / 2; every++) {
    row = rowOf(context, request, slot, every);
  }
  return row.isReadable ? row : rowOf(context, request, slot, 1);
}

function rowOf(
  context: DrawingContext,
  request: SceneRequest,
  {
    labels,
    width,
    height,
  }: { readonly labels: readonly string[]; readonly width: number; readonly height: number },
  every: number,
): LabelRow {
  const shown = labels.filter((_, index) => index % every === 0);
  const largest = chartTypeSize(request);
  const maximumWidth = width * every * 0.94;
  const blocks = largestFit(
    { largest, smallest: largest * smallest },
    (size) =>
      shown.map((text) =>
        layOutBlock(context, { text, style: bodyStyle(request, size), maximumWidth, lineHeight: 1.18 }),
      ),
    (tried) =>
      tried.every((block) => block.height <= height && (!block.cut || block.style.size < largest * 0.35)) &&
      tried.every(({ lines, style }) => lines.length <= 2 || style.size < largest * 0.5),
  );
  return {
    blocks,
    every,
    height: Math.max(0, ...blocks.map((block) => block.height)),
    isReadable: (blocks[0]?.style.size ?? largest) >= largest * readable && !blocks.some(({ cut }) => cut),
  };
}
