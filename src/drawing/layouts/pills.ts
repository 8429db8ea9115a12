import type { Appearance } from '../../timeline/index.ts';
import type { Box } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { paintBlock, type TextBlock } from '../text-block.ts';
import { paintedPart } from './entering-part.ts';
import { fitBlock } from './fit-block.ts';
import { largestFit } from './largest-fit.ts';
import { bodyStyle } from './letter-styles.ts';
import { paintPanel } from './panel.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** The points as rounded tags in centred rows. Pixels from the top left of the rows. */
export interface PillRows {
  readonly pills: readonly { readonly block: TextBlock; readonly box: Box }[];
  readonly height: number;
}

/** As large as fits, all of one size. */
export function setPills(
  context: DrawingContext,
  request: SceneRequest,
  within: { readonly width: number; readonly height: number },
): PillRows {
  const { scene, theme, metrics } = request;
  if (scene.points.length === 0) return { pills: [], height: 0 };
  const largest = theme.type.pointSize * 0.9 * metrics.unit;
  return largestFit(
    { largest, smallest: largest * 0.1 },
    (size) => rowsAt(context, request, { size, width: within.width }),
    ({ height }) => height <= within.height,
  );
}

/** In shares of the type size. */
const padding = { x: 0.85, y: 0.42 };
const gap = 0.5;

function rowsAt(
  context: DrawingContext,
  request: SceneRequest,
  { size, width }: { readonly size: number; readonly width: number },
): PillRows {
  const blocks = request.scene.points.map(({ text }) =>
    fitBlock(context, {
      text,
      style: (tried) => bodyStyle(request, tried),
      size,
      within: { width: width - 2 * padding.x * size, height: Number.POSITIVE_INFINITY },
      lineHeight: 1.24,
    }),
  );
  const rows: TextBlock[][] = [];
  let rowWidth = 0;
  for (const block of blocks) {
    const needed = block.width + 2 * padding.x * size;
    const row = rows.at(-1);
    if (row === undefined || rowWidth + gap * size + needed > width) {
      rows.push([block]);
      rowWidth = needed;
    } else {
      row.push(block);
      rowWidth += gap * size + needed;
    }
  }
  return placeRows(rows, { size, width });
}

function placeRows(
  rows: readonly (readonly TextBlock[])[],
  { size, width }: { readonly size: number; readonly width: number },
): PillRows {
  const pills: { block: TextBlock; box: Box }[] = [];
  let y = 0;
  for (const row of rows) {
    const widths = row.map((block) => block.width + 2 * padding.x * size);
    const height = Math.max(...row.map((block) => block.height)) + 2 * padding.y * size;
    const whole = widths.reduce((sum, each) => sum + each, gap * size * (row.length - 1));
    let x = (width - whole) / 2;
    for (const [index, block] of row.entries()) {
      const pillWidth = widths[index] ?? 0;
      pills.push({ block, box: { x, y, width: pillWidth, height } });
      x += pillWidth + gap * size;
    }
    y += height + gap * size;
  }
  return { pills, height: Math.max(0, y - gap * size) };
}

export function pillParts(
  surface: DrawingSurface,
  request: SceneRequest,
  at: {
    readonly pills: PillRows;
    /** The top left of the rows. */
    readonly x: number;
    readonly y: number;
    readonly place: (box: Box) => Box;
    readonly appear: (index: number) => Appearance;
  },
): ScenePart[] {
  return at.pills.pills.map(({ block, box: from }, index) => {
    const box = at.place({ ...from, x: at.x + from.x, y: at.y + from.y });
    return paintedPart(surface, request, {
      name: `point ${index + 1}`,
      box,
      appears: at.appear(index),
      paint: (context) => {
        paintPanel(context, request, { box, radius: Math.min(box.height / 2, block.lineHeight) });
        const x = Math.round(box.x + (box.width - block.width) / 2);
        const y = Math.round(box.y + (box.height - block.height) / 2);
        paintBlock(context, block, { x, y, align: 'center', color: request.theme.panel.text });
      },
    });
  });
}
