import { blend, parseColor, type Rgb } from '../color.ts';
import { type WordsLook, wordsOnGround } from './ground.ts';
import type { SceneRequest } from './scene-part.ts';

/** Colours of a chart. All #rrggbb. */
export interface ChartLook {
  readonly text: string;
  readonly muted: string;
  /** Of each series, or of each slice. */
  readonly color: (index: number) => string;
}

/** On a ground of the scene's own the theme's palette might not be seen: there a chart stands on a card. */
export function needsCard({ scene }: SceneRequest): boolean {
  return (scene.picture ?? scene.clip ?? scene.background) !== undefined;
}

export function chartLook(request: SceneRequest): ChartLook {
  const { palette, panel } = request.theme;
  const { colors }: WordsLook = wordsOnGround(request);
  const onCard = needsCard(request);
  const text = onCard ? panel.text : colors.point;
  return {
    text,
    muted: onCard ? panel.muted : colors.muted,
    color: (index) => {
      const own = palette[index % palette.length] ?? palette[0];
      const round = Math.floor(index / palette.length);
      return round === 0 ? own : hex(blend(parseColor(text), parseColor(own), Math.min(0.75, 0.3 * round)));
    },
  };
}

function hex({ red, green, blue }: Rgb): string {
  const part = (value: number): string => Math.round(value).toString(16).padStart(2, '0');
  return `#${part(red)}${part(green)}${part(blue)}`;
}
