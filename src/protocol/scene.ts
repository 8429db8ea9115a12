import { z } from 'zod';
import { limits } from './limits.ts';
import { voiceOverSchema } from './sounds.ts';
import {
  backgroundSchema,
  chartSchema,
  clipSchema,
  codeSchema,
  pictureSchema,
  quoteSchema,
  tableSchema,
  textMotions,
  transitionSchema,
} from './visuals.ts';

/** How a scene is arranged. What each looks like is in docs/composition.md. */
export const layoutNames = [
  'title',
  'content',
  'picture',
  'picture-left',
  'picture-right',
  'split',
  'grid',
  'quote',
  'number',
  'code',
  'table',
  'chart',
  'lower-third',
  'end',
] as const;
export type LayoutName = (typeof layoutNames)[number];

/** One stretch of speech: a paragraph or a list item. Its words become the captions. */
export const passageSchema = z.strictObject({
  text: z.string().min(1).max(limits.passageLength).describe('What is said.'),
  point: z
    .int()
    .min(0)
    .optional()
    .describe('Index into the scene’s points: that point appears when this passage begins.'),
  lines: z
    .strictObject({ from: z.int().min(1), to: z.int().min(1) })
    .refine(({ from, to }) => to >= from, { error: 'must end where it begins or later' })
    .optional()
    .describe(
      'Lines of the scene’s code, from 1, that are lit while this passage is spoken; all of them when absent.',
    ),
});

const sceneFields = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'must be a slug such as scene-2' })
    .describe('Used once.'),
  layout: z.enum(layoutNames).default('content').describe('How the scene is arranged.'),
  heading: z.string().max(limits.headingLength).optional().describe('Shown, not spoken.'),
  points: z
    .array(z.string().min(1).max(limits.pointLength))
    .max(limits.pointsPerScene)
    .default([])
    .describe('Shown from when the narration comes to them.'),
  narration: z.array(passageSchema).max(limits.passagesPerScene).default([]),
  picture: pictureSchema.optional(),
  clip: clipSchema.optional().describe('A video instead of a picture.'),
  pictures: z
    .array(pictureSchema)
    .max(limits.picturesPerScene)
    .default([])
    .describe('Of a split (two) or a grid (2 to 9). The points stand under them, in their order.'),
  quote: quoteSchema.optional(),
  code: codeSchema.optional(),
  table: tableSchema.optional(),
  chart: chartSchema.optional(),
  background: backgroundSchema.optional().describe('The theme’s own background when absent.'),
  transition: transitionSchema.prefault({ kind: 'fade' }).describe('Into this scene.'),
  textMotion: z.enum(textMotions).default('rise').describe('How the words of the scene come in.'),
  voiceOver: voiceOverSchema.optional(),
  durationSeconds: z
    .number()
    .positive()
    .max(limits.sceneDurationSeconds)
    .optional()
    .describe('At least this long; longer when the narration needs it.'),
});

type SceneFields = z.output<typeof sceneFields>;

export const sceneSchema = sceneFields.superRefine((scene, context) => {
  for (const { path, message } of [...missingParts(scene), ...strayParts(scene), ...wrongIndexes(scene)]) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

export type Scene = z.output<typeof sceneSchema>;
export type Passage = z.output<typeof passageSchema>;

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Parts that belong to one layout alone. */
const ownParts = ['quote', 'code', 'table', 'chart'] as const satisfies readonly (keyof SceneFields &
  LayoutName)[];

function missingParts(scene: SceneFields): Problem[] {
  const { layout } = scene;
  const needed = (path: string, message: string): Problem => ({
    path: [path],
    message: `${message}, which the layout ${layout} needs`,
  });
  const own = ownParts.find((part) => part === layout);
  if (own !== undefined && scene[own] === undefined) return [needed(own, 'is missing')];
  const isVisual = layout === 'picture' || layout === 'picture-left' || layout === 'picture-right';
  if (isVisual && scene.picture === undefined && scene.clip === undefined) {
    return [needed('picture', 'is missing (or a clip)')];
  }
  if ((layout === 'number' || layout === 'lower-third') && scene.heading === undefined) {
    return [needed('heading', 'is missing')];
  }
  if (layout === 'split' && scene.pictures.length !== 2) return [needed('pictures', 'must be two')];
  if (layout === 'grid' && scene.pictures.length < 2) return [needed('pictures', 'must be two or more')];
  return [];
}

function strayParts(scene: SceneFields): Problem[] {
  const { layout } = scene;
  const problems: Problem[] = [];
  for (const part of ownParts) {
    if (part === layout || scene[part] === undefined) continue;
    problems.push({
      path: [part],
      message: `is only shown by the layout ${part}, and this one is ${layout}`,
    });
  }
  if (scene.pictures.length > 0 && layout !== 'split' && layout !== 'grid') {
    problems.push({
      path: ['pictures'],
      message: `are only shown by split and grid, and this layout is ${layout}`,
    });
  }
  problems.push(...hiddenPoints(scene));
  if (scene.clip !== undefined && scene.picture !== undefined) {
    problems.push({ path: ['clip'], message: 'cannot be shown together with a picture; use two scenes' });
  }
  if (scene.voiceOver?.timing !== undefined && scene.narration.length === 0) {
    problems.push({ path: ['voiceOver', 'timing'], message: 'times the narration, and the scene has none' });
  }
  return problems;
}

/** Points that the layout has no place for. */
function hiddenPoints({ layout, points, pictures }: SceneFields): Problem[] {
  const places =
    layout === 'picture' ? 0 : layout === 'split' || layout === 'grid' ? pictures.length : undefined;
  if (places === undefined || points.length <= places) return [];
  return [
    { path: ['points'], message: `are ${points.length}, and the layout ${layout} shows ${places} here` },
  ];
}

function wrongIndexes({ narration, points, code }: SceneFields): Problem[] {
  const lineCount = code?.text.split('\n').length ?? 0;
  return narration.flatMap(({ point, lines }, index): Problem[] => {
    const problems: Problem[] = [];
    if (point !== undefined && point >= points.length) {
      const message = `names point ${point}, but the scene has ${points.length}`;
      problems.push({ path: ['narration', index, 'point'], message });
    }
    if (lines !== undefined && lines.to > lineCount) {
      const message = `names line ${lines.to}, but the code has ${lineCount}`;
      problems.push({ path: ['narration', index, 'lines'], message });
    }
    return problems;
  });
}
