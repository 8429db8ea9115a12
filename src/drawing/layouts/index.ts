import type { LayoutName } from '../../protocol/index.ts';
import { chart } from './chart.ts';
import { code } from './code.ts';
import { content, title } from './content.ts';
import { end } from './end.ts';
import { grid } from './grid.ts';
import { lowerThird } from './lower-third.ts';
import { number } from './number.ts';
import { picture } from './picture.ts';
import { pictureLeft, pictureRight } from './picture-beside.ts';
import { quote } from './quote.ts';
import type { LayoutPainter } from './scene-part.ts';
import { split } from './split.ts';
import { table } from './table.ts';

/** How each layout is arranged and painted. */
export const layouts = {
  title,
  content,
  picture,
  'picture-left': pictureLeft,
  'picture-right': pictureRight,
  split,
  grid,
  quote,
  number,
  code,
  table,
  chart,
  'lower-third': lowerThird,
  end,
} satisfies Record<LayoutName, LayoutPainter>;

export type { ArrangedScene, Moment, ScenePart, SceneRequest, SceneVisual } from './scene-part.ts';
