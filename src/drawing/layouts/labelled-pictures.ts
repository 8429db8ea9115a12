import { type Box, bottomOf, boxAround, wholePixels } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import type { TextBlock } from '../text-block.ts';
import { objectEntrance, oneAfterAnother, pointEntrance } from './appearances.ts';
import { fitBlock } from './fit-block.ts';
import { ownVisual, wordsOnGround } from './ground.ts';
import { bodyStyle } from './letter-styles.ts';
import { panelRadius } from './panel.ts';
import { inReadingDirection } from './reading-direction.ts';
import type { ScenePart, SceneRequest, SceneVisual } from './scene-part.ts';
import { scrimPart } from './scrim-part.ts';
import { textPart } from './text-part.ts';

/** Room for the label under a picture, in pixels. */
export interface LabelRoom {
  readonly size: number;
  readonly gap: number;
  readonly height: number;
  /** At most. */
  readonly lines: number;
}

const lineHeight = 1.22;

/** How much room labels take; none when there are none. */
export function labelRoom(
  { scene, theme, metrics }: SceneRequest,
  { share, lines }: { readonly share: number; readonly lines: number },
): LabelRoom {
  if (scene.points.length === 0) return { size: 0, gap: 0, height: 0, lines };
  const size = theme.type.pointSize * share * metrics.unit;
  const gap = 18 * metrics.unit;
  return { size, gap, height: gap + size * lineHeight * (lines + 0.2), lines };
}

/** The room that is really needed, and at which size: labels that are short need one line. */
export function neededRoom(
  context: DrawingContext,
  request: SceneRequest,
  { cells, room }: { readonly cells: readonly Box[]; readonly room: LabelRoom },
): LabelRoom {
  const blocks = labelBlocks(context, request, { cells, room }).map(({ block }) => block);
  if (blocks.length === 0) return room;
  const size = Math.min(...blocks.map(({ style }) => style.size));
  return { ...room, size, height: room.gap + Math.max(...blocks.map(({ height }) => height)) + 1 };
}

/** The scene's pictures in their cells, one coming in after another, each point under its picture. */
export function labelledPictures(
  surface: DrawingSurface,
  request: SceneRequest,
  at: { readonly cells: readonly Box[]; readonly room: LabelRoom },
): { readonly visuals: SceneVisual[]; readonly parts: ScenePart[] } {
  const { pictures } = request.scene;
  const place = inReadingDirection(request);
  const cells = at.cells.map((cell) => wholePixels(place(cell)));
  const radius = Math.min(
    panelRadius(request),
    ...cells.map(({ width, height }) => Math.min(width, height) / 6),
  );
  const visuals = pictures.flatMap((picture, index): SceneVisual[] => {
    const box = cells[index];
    const appears = oneAfterAnother(objectEntrance(request), { index, count: pictures.length });
    return box === undefined ? [] : [ownVisual(picture, { box, radius, index, appears })];
  });
  return { visuals, parts: labels(surface, request, { cells, room: at.room }) };
}

function labels(
  surface: DrawingSurface,
  request: SceneRequest,
  { cells, room }: { readonly cells: readonly Box[]; readonly room: LabelRoom },
): ScenePart[] {
  const { colors, halo } = wordsOnGround(request);
  const placed = labelBlocks(surface.context, request, { cells, room });
  const parts = placed.map(({ block, x, y, index }) =>
    textPart(surface, request, {
      name: `point ${index + 1}`,
      block,
      x,
      y,
      align: 'center',
      color: colors.point,
      halo,
      appears: pointEntrance(request, index),
      rise: 14 * request.metrics.unit,
    }),
  );
  const words = boxAround(parts.map(({ box }) => box));
  if (halo === undefined || words === undefined) return parts;
  return [scrimPart(surface, request, { words, isList: true, appears: objectEntrance(request) }), ...parts];
}

/** All at the size at which the longest fits. */
function labelBlocks(
  context: DrawingContext,
  request: SceneRequest,
  { cells, room }: { readonly cells: readonly Box[]; readonly room: LabelRoom },
): { block: TextBlock; x: number; y: number; index: number }[] {
  const texts = request.scene.points.slice(0, cells.length).map(({ text }) => text);
  const fitted = (size: number): TextBlock[] =>
    texts.map((text, index) =>
      fitBlock(context, {
        text,
        style: (tried) => bodyStyle(request, tried),
        size,
        within: { width: cells[index]?.width ?? 0, height: room.height - room.gap },
        lineHeight,
        mostLines: room.lines,
      }),
    );
  const size = Math.min(...fitted(room.size).map(({ style }) => style.size));
  return (texts.length === 0 ? [] : fitted(size)).flatMap((block, index) => {
    const cell = cells[index];
    if (cell === undefined) return [];
    return [{ block, index, x: cell.x + (cell.width - block.width) / 2, y: bottomOf(cell) + room.gap }];
  });
}
