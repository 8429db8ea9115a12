import { type Box, bottomOf, mirrorBox, wholePixels } from '../box.ts';
import type { DrawingContext } from '../drawing-context.ts';
import type { TextBlock } from '../text-block.ts';
import { fitBlock } from './fit-block.ts';
import { bodyStyle, headingStyle } from './letter-styles.ts';
import type { SceneRequest } from './scene-part.ts';

/** The card and what is on it, in place. */
export interface NameCard {
  readonly box: Box;
  readonly bar: Box;
  readonly name: { readonly block: TextBlock; readonly x: number; readonly y: number };
  readonly role: { readonly block: TextBlock; readonly x: number; readonly y: number } | undefined;
}

export function nameCard(context: DrawingContext, request: SceneRequest, region: Box): NameCard {
  const { scene, theme, metrics } = request;
  const { unit } = metrics;
  const padding = { x: 40 * unit, y: 30 * unit };
  const bar = 12 * unit;
  const width = region.width * (metrics.shape === 'wide' ? 0.64 : 1) - bar - 2 * padding.x;
  const height = Math.min(region.height, 460 * unit) - 2 * padding.y;
  const name = fitBlock(context, {
    text: scene.heading ?? '',
    style: (size) => headingStyle(request, size),
    size: 66 * unit,
    within: { width, height: height * 0.6 },
    lineHeight: 1.14,
    mostLines: 2,
  });
  const roleText = scene.points.map(({ text }) => text).join(' · ');
  const role =
    roleText === ''
      ? undefined
      : fitBlock(context, {
          text: roleText,
          style: (size) => bodyStyle(request, size),
          size: theme.type.pointSize * 0.78 * unit,
          within: { width, height: height * 0.4 - 8 * unit },
          lineHeight: 1.26,
          mostLines: 2,
        });
  return placeCard(request, { region, padding, bar, name, role });
}

function placeCard(
  { metrics }: SceneRequest,
  set: {
    readonly region: Box;
    readonly padding: { readonly x: number; readonly y: number };
    readonly bar: number;
    readonly name: TextBlock;
    readonly role: TextBlock | undefined;
  },
): NameCard {
  const { region, padding, name, role } = set;
  const gap = role === undefined ? 0 : 8 * metrics.unit;
  const inner = Math.max(name.width, role?.width ?? 0);
  const height = name.height + gap + (role?.height ?? 0) + 2 * padding.y;
  const width = inner + set.bar + 2 * padding.x;
  const isMirrored = name.direction === 'rtl';
  const side = (box: Box): Box => (isMirrored ? mirrorBox(box, metrics.width) : box);
  const y = bottomOf(region) - height;
  const textX = region.x + set.bar + padding.x;
  const place = (block: TextBlock, top: number) => {
    const box = side({ x: textX, y: top, width: block.width, height: block.height });
    return { block, x: Math.round(box.x), y: Math.round(box.y) };
  };
  return {
    box: wholePixels(side({ x: region.x, y, width, height })),
    bar: wholePixels(side({ x: region.x, y, width: set.bar, height })),
    name: place(name, y + padding.y),
    role: role && place(role, y + padding.y + name.height + gap),
  };
}
