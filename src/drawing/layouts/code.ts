import type { TimelineCode } from '../../timeline/index.ts';
import { type Box, wholePixels } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { later, objectEntrance } from './appearances.ts';
import { litCode } from './code-light.ts';
import { codePages } from './code-pages.ts';
import { type CodeSetting, setCode } from './code-setting.ts';
import { insideWindow, paintWindow, windowHeight } from './code-window.ts';
import { paintedPart } from './entering-part.ts';
import { freeRegion } from './free-region.ts';
import { fullVisual } from './ground.ts';
import { headingDown, headingStrip, inMiddle } from './heading-strip.ts';
import type { LayoutPainter, ScenePart, SceneRequest } from './scene-part.ts';
import { sideNotes } from './side-notes.ts';

/** Source code in a window; the lines that are spoken about are lit, one after the other. */
export const code: LayoutPainter = (surface, request) => {
  const heading = headingStrip(surface, request, { region: freeRegion(request) });
  const notes = sideNotes(surface, request, heading.rest);
  const { code: source } = request.scene;
  const window =
    source === undefined ? undefined : setWindow(surface, request, { source, region: notes.rest });
  const down = window === undefined ? 0 : headingDown(request, { box: window.box, region: notes.rest });
  return {
    visuals: fullVisual(request),
    parts: [
      ...heading.partsAt(down),
      ...notes.parts,
      ...(window === undefined ? [] : windowParts(surface, request, window)),
    ],
  };
};

interface SetWindow {
  readonly source: TimelineCode;
  readonly setting: CodeSetting;
  readonly box: Box;
}

/** A window is no higher than its code. */
function setWindow(
  surface: DrawingSurface,
  request: SceneRequest,
  { source, region }: { readonly source: TimelineCode; readonly region: Box },
): SetWindow {
  const most = insideWindow(region, request);
  const setting = setCode(surface.context, request, { code: source, width: most.width, height: most.height });
  const height = windowHeight(setting.rows.length * setting.rowHeight, request);
  return { source, setting, box: wholePixels(inMiddle(region, height)) };
}

function windowParts(surface: DrawingSurface, request: SceneRequest, of: SetWindow): ScenePart[] {
  const { source, setting, box } = of;
  const inside = wholePixels(insideWindow(box, request));
  const appears = later(objectEntrance(request), 0.1);
  const rise = 34 * request.metrics.unit;
  const paint = (context: DrawingContext): void => paintWindow(context, request, box);
  const rows = codePages(surface, { setting, width: inside.width, theme: request.theme });
  return [
    paintedPart(surface, request, { name: 'window', box, appears, rise, isGround: true, paint }),
    litCode(request, { source, setting, rows, box, inside, appears, rise }),
  ];
}
