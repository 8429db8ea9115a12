import { z } from 'zod';
import { limits } from './limits.ts';

/** Names of the built-in themes; what each looks like is in src/drawing/themes. */
export const themeNames = ['midnight', 'daylight'] as const;

/** Frame rates, in frames per second. 48000 is divisible by each, so a frame border is a sample border. */
export const frameRates = [24, 25, 30, 50, 60] as const;

/** Named canvas shapes, in pixels. */
export const aspects = {
  '16:9': { width: 1920, height: 1080 },
  '9:16': { width: 1080, height: 1920 },
  '1:1': { width: 1080, height: 1080 },
} as const satisfies Record<string, { width: number; height: number }>;

export const aspectNames = ['16:9', '9:16', '1:1'] as const satisfies readonly (keyof typeof aspects)[];

const side = z
  .int()
  .min(limits.minimumSide)
  .max(limits.maximumSide)
  .multipleOf(2, { error: 'must be even: video is stored with one colour sample for every 2 x 2 pixels' });

const color = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, { error: 'must be a colour such as #1b2a4a' })
  .describe('An sRGB colour, #rrggbb.');

/** How many pixels, how many frames a second. */
export const videoSchema = z
  .strictObject({
    width: side.default(1920),
    height: side.default(1080),
    fps: z.literal(frameRates).default(30).describe('Frames per second.'),
  })
  .describe('The size of the picture in pixels and its frame rate.');

/**
 * Where a picture or a sound comes from: `asset:<sha256>` (uploaded), an http(s) URL, or the name it has in the
 * script (a relative path), which the request maps to an asset. Never a path on the server.
 */
export const sourceSchema = z.string().min(1).max(2_000);

export const pictureSchema = z.strictObject({
  source: sourceSchema,
  alt: z.string().max(500).default('').describe('What the picture shows, for people who cannot see it.'),
  motion: z
    .enum(['ken-burns', 'none'])
    .default('ken-burns')
    .describe('ken-burns: a slow zoom and pan over the length of the scene.'),
});

export const backgroundSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('color'), color }),
  z.strictObject({
    kind: z.literal('gradient'),
    colors: z.array(color).min(2).max(4),
    angleDegrees: z.number().min(0).max(360).default(135).describe('Clockwise from pointing right.'),
  }),
]);

/** One stretch of speech: a paragraph or a list item. Its words become the captions. */
export const passageSchema = z.strictObject({
  text: z.string().min(1).max(limits.passageLength),
  point: z
    .int()
    .min(0)
    .optional()
    .describe('Index into the scene’s points: that point appears when this passage begins.'),
});

export const transitionSchema = z.strictObject({
  kind: z.enum(['cut', 'fade']),
  durationSeconds: z.number().min(0).max(3).default(0.5),
});

export const sceneSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'must be a slug such as scene-2' }),
  layout: z.enum(['title', 'content']).default('content').describe('title: a card with a large heading.'),
  heading: z.string().max(limits.headingLength).optional().describe('Shown, not spoken.'),
  points: z.array(z.string().min(1).max(limits.pointLength)).max(limits.pointsPerScene).default([]),
  narration: z.array(passageSchema).max(limits.passagesPerScene).default([]),
  picture: pictureSchema.optional(),
  background: backgroundSchema.optional().describe('The theme’s own background when absent.'),
  transition: transitionSchema.default({ kind: 'fade', durationSeconds: 0.5 }).describe('Into this scene.'),
  durationSeconds: z
    .number()
    .positive()
    .max(limits.sceneDurationSeconds)
    .optional()
    .describe('At least this long; longer when the narration needs it.'),
});

export const voiceSchema = z.strictObject({
  provider: z.enum(['espeak']).default('espeak'),
  name: z.string().min(1).max(100).optional().describe('The language’s default voice when absent.'),
  rate: z.number().min(0.5).max(2).default(1).describe('1 is the voice’s normal speed.'),
});

export const musicSchema = z.strictObject({
  source: sourceSchema,
  gainDb: z
    .number()
    .min(-60)
    .max(6)
    .default(-12)
    .describe('Loudness of the music where nobody speaks, relative to the voice.'),
  duckingDb: z.number().min(-40).max(0).default(-12).describe('Further change of level under the voice.'),
});

/** A whole video as data. What a script is parsed into and what `POST /api/jobs` accepts as it is. */
export const compositionSchema = z
  .strictObject({
    version: z.literal(1),
    title: z.string().min(1).max(limits.headingLength),
    language: z
      .string()
      .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, { error: 'must be a BCP 47 tag such as en or pt-BR' })
      .default('en'),
    video: videoSchema.prefault({}),
    theme: z.enum(themeNames).default('midnight'),
    voice: voiceSchema.prefault({}),
    captions: z.strictObject({ style: z.enum(['karaoke', 'none']).default('karaoke') }).prefault({}),
    music: musicSchema.optional(),
    scenes: z.array(sceneSchema).min(1).max(limits.scenes),
  })
  .superRefine((composition, context) => {
    const seen = new Set<string>();
    for (const [index, scene] of composition.scenes.entries()) {
      const path = ['scenes', index];
      if (seen.has(scene.id)) {
        context.addIssue({ code: 'custom', path: [...path, 'id'], message: `"${scene.id}" is used twice` });
      }
      seen.add(scene.id);
      for (const [passageIndex, passage] of scene.narration.entries()) {
        if (passage.point !== undefined && passage.point >= scene.points.length) {
          const message = `names point ${passage.point}, but the scene has ${scene.points.length}`;
          context.addIssue({
            code: 'custom',
            path: [...path, 'narration', passageIndex, 'point'],
            message,
          });
        }
      }
    }
  });

export type Composition = z.output<typeof compositionSchema>;
export type CompositionInput = z.input<typeof compositionSchema>;
export type Scene = Composition['scenes'][number];
export type Passage = z.output<typeof passageSchema>;
export type Picture = z.output<typeof pictureSchema>;
export type Background = z.output<typeof backgroundSchema>;
export type Video = z.output<typeof videoSchema>;
export type Voice = z.output<typeof voiceSchema>;
export type Music = z.output<typeof musicSchema>;
export type ThemeName = (typeof themeNames)[number];
export type AspectName = (typeof aspectNames)[number];

/** Changes that one export makes to the composition's own video settings; absent means "as the composition says". */
export const outputSchema = z
  .strictObject({
    aspect: z.enum(aspectNames).optional(),
    width: side.optional(),
    height: side.optional(),
    fps: z.literal(frameRates).optional(),
  })
  .refine((output) => (output.width === undefined) === (output.height === undefined), {
    error: 'width and height go together',
  })
  .refine((output) => output.aspect === undefined || output.width === undefined, {
    error: 'give either aspect or width and height',
  });

export type Output = z.output<typeof outputSchema>;

/** The composition with one export's settings applied. */
export function withOutput(composition: Composition, output: Output = {}): Composition {
  const size =
    output.aspect !== undefined
      ? aspects[output.aspect]
      : output.width !== undefined && output.height !== undefined
        ? { width: output.width, height: output.height }
        : {};
  const fps = output.fps !== undefined ? { fps: output.fps } : {};
  return { ...composition, video: { ...composition.video, ...size, ...fps } };
}
