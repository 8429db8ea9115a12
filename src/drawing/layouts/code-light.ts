import type { Appearance, TimelineCode } from '../../timeline/index.ts';
import type { Box } from '../box.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { easeOut, progressBetween } from '../easing.ts';
import { unlitShare } from './code-dimming.ts';
import { type FocusMoment, focusAt, litRows, type RowRange } from './code-focus.ts';
import type { DrawRows } from './code-pages.ts';
import { scrollAt } from './code-scroll.ts';
import type { CodeSetting } from './code-setting.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

export interface LitCodeRequest {
  readonly source: TimelineCode;
  readonly setting: CodeSetting;
  readonly rows: DrawRows;
  /** The window, and the part of it that the code has. */
  readonly box: Box;
  readonly inside: Box;
  readonly appears: Appearance;
  readonly rise: number;
}

/** The code in its window: lit where the attention is, moved to where that can be seen. */
export function litCode(request: SceneRequest, of: LitCodeRequest): ScenePart {
  const { source, setting, inside, appears, rise } = of;
  const rowsOf = rowFinder(setting);
  const scrolling = {
    ...setting,
    rowCount: setting.rows.length,
    windowHeight: inside.height,
    ...readingTime(request),
  };
  const unlit = unlitShare(request.theme);
  const { textMotion } = request.scene;
  const rises = textMotion === 'rise' || textMotion === 'stagger';
  return {
    name: 'code',
    box: inside,
    isGround: false,
    draw: (context, { atSeconds, opacity }) => {
      const shown = easeOut(progressBetween(atSeconds, appears.startSeconds, appears.endSeconds));
      if (shown <= 0) return;
      const moment = focusAt(source.focus, rowsOf, atSeconds);
      const top = inside.y - scrollAt(scrolling, moment, atSeconds) + (rises ? (1 - shown) * rise : 0);
      context.save();
      clipRows(context, of);
      drawBand(context, request, { of, moment, top, opacity: shown * opacity });
      for (const { from, to, light } of litRows(moment, setting.rows.length)) {
        context.globalAlpha = shown * opacity * (unlit + (1 - unlit) * light);
        of.rows(context, { from, to }, { x: inside.x, y: top + from * setting.rowHeight });
      }
      context.restore();
    },
  };
}

/** Code that nobody points at is gone through while the scene lasts. */
function readingTime({ scene, timeline }: SceneRequest): {
  readonly fromSeconds: number;
  readonly toSeconds: number;
} {
  if (scene.code !== undefined && scene.code.focus.length > 0) {
    return { fromSeconds: Number.POSITIVE_INFINITY, toSeconds: Number.POSITIVE_INFINITY };
  }
  const lasts = scene.frameCount / timeline.fps;
  return {
    fromSeconds: Math.min(1.6, lasts * 0.2),
    toSeconds: lasts - Math.min(1, lasts * 0.1),
  };
}

function clipRows(context: DrawingContext, { box, inside }: LitCodeRequest): void {
  context.beginPath();
  context.rect(box.x, inside.y, box.width, inside.height);
  context.clip();
}

/** The rows of lines counted from 1; undefined when they are all there are: then nothing stands out. */
function rowFinder({
  rows,
}: CodeSetting): (lines: { readonly from: number; readonly to: number }) => RowRange | undefined {
  const indexes = rows.map(({ lineIndex }) => lineIndex);
  return ({ from, to }) => {
    const first = indexes.indexOf(from - 1);
    const range = { from: Math.max(0, first), to: indexes.lastIndexOf(to - 1) + 1 };
    return range.from === 0 && range.to === rows.length ? undefined : range;
  };
}

/** The soft band behind lit lines, with a mark of the accent colour at its beginning. */
function drawBand(
  context: DrawingContext,
  request: SceneRequest,
  at: {
    readonly of: LitCodeRequest;
    readonly moment: FocusMoment;
    readonly top: number;
    readonly opacity: number;
  },
): void {
  const { before, after, progress } = at.moment;
  const { box, setting } = at.of;
  const { litLine } = request.theme.code;
  const [start, end] = [before ?? after, after ?? before];
  if (start === undefined || end === undefined) return;
  const mix = (from: number, to: number): number => from + (to - from) * progress;
  const y = at.top + mix(start.from, end.from) * setting.rowHeight;
  const height = (mix(start.to, end.to) - mix(start.from, end.from)) * setting.rowHeight;
  context.globalAlpha = at.opacity * mix(before === undefined ? 0 : 1, after === undefined ? 0 : 1);
  context.fillStyle = withOpacity(litLine.color, litLine.opacity);
  context.fillRect(box.x, y, box.width, height);
  context.fillStyle = request.theme.panel.accent;
  context.fillRect(box.x, y, Math.round(6 * request.metrics.unit), height);
}
