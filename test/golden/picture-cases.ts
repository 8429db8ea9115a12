import { aspects } from '../../src/protocol/index.ts';
import { type GoldenCase, sizes } from './golden-case.ts';
import { layoutScenes, picture } from './scenes.ts';

/** How pictures move, at three moments; what a focus keeps in view; and the one shape that the layouts do not show. */
export function pictureCases(): GoldenCase[] {
  return [...motions(), ...focuses(), portrait()];
}

const moments = { first: 0, middle: 0.5, last: 0.99 } as const;

function motions(): GoldenCase[] {
  return (['ken-burns', 'zoom-in', 'pan-left'] as const).flatMap((motion) =>
    Object.entries(moments).map(([moment, at]) => ({
      name: `motion-${motion}-${moment}`,
      scenes: [
        {
          ...layoutScenes.picture,
          picture: { ...picture('lamp'), motion },
          narration: [],
          durationSeconds: 6,
        },
      ],
      settings: { video: sizes.wide },
      at,
    })),
  );
}

/** A wide picture on an upright canvas: most of it is cut off, and the lamp stands at its side. */
function focuses(): GoldenCase[] {
  const scene = { ...layoutScenes.picture, narration: [] };
  const shown = { ...picture('lamp'), motion: 'none' as const };
  return [
    { name: 'focus-left-out', picture: shown },
    { name: 'focus-given', picture: { ...shown, focus: { x: 0.6, y: 0.5 } } },
  ].map((one) => ({
    name: one.name,
    scenes: [{ ...scene, picture: one.picture }],
    settings: { video: sizes.tall },
    at: 0.5,
  }));
}

function portrait(): GoldenCase {
  const { width, height } = aspects['4:5'];
  return {
    name: 'aspect-4-5',
    scenes: [layoutScenes.title],
    settings: { video: { width: 240, height: (240 * height) / width } },
    at: 0.72,
  };
}
