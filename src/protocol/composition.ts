import { z } from 'zod';
import { frameRates } from './frame-rates.ts';
import { limits } from './limits.ts';
import { sceneSchema } from './scene.ts';
import { loudnessSchema, musicSchema, voiceSchema } from './sounds.ts';
import { brandSchema, captionsSchema } from './visuals.ts';

/** Names of the built-in themes; what each looks like is in src/drawing/themes. */
export const themeNames = ['midnight', 'daylight', 'paper', 'mono', 'neon', 'forest', 'sunset'] as const;

/** Named canvas shapes, in pixels. */
export const aspects = {
  '16:9': { width: 1920, height: 1080 },
  '9:16': { width: 1080, height: 1920 },
  '1:1': { width: 1080, height: 1080 },
  '4:5': { width: 1080, height: 1350 },
} as const satisfies Record<string, { width: number; height: number }>;

export const aspectNames = [
  '16:9',
  '9:16',
  '1:1',
  '4:5',
] as const satisfies readonly (keyof typeof aspects)[];

/** A side of the picture, in pixels. */
export const sideSchema = z
  .int()
  .min(limits.minimumSide)
  .max(limits.maximumSide)
  .multipleOf(2, { error: 'must be even: video is stored with one colour sample for every 2 x 2 pixels' });

/** How many pixels, how many frames a second. */
export const videoSchema = z
  .strictObject({
    width: sideSchema.default(1920).describe('Pixels.'),
    height: sideSchema.default(1080).describe('Pixels.'),
    fps: z.literal(frameRates).default(30).describe('Frames per second; 29.97 stands for 30000/1001.'),
  })
  .describe('The size of the picture in pixels and its frame rate.');

/** A whole video as data. What a script is parsed into and what `POST /api/jobs` accepts as it is. */
export const compositionSchema = z
  .strictObject({
    version: z.literal(1),
    title: z.string().min(1).max(limits.headingLength).describe('Of the file, and of the job.'),
    language: z
      .string()
      .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, { error: 'must be a BCP 47 tag such as en or pt-BR' })
      .default('en')
      .describe('Of the narration and of the captions.'),
    video: videoSchema.prefault({}),
    theme: z.enum(themeNames).default('midnight').describe('Its colours, letters and ground.'),
    brand: brandSchema.optional(),
    voice: voiceSchema.prefault({}),
    captions: captionsSchema.prefault({}),
    music: musicSchema.optional(),
    loudness: loudnessSchema.prefault({}),
    scenes: z.array(sceneSchema).min(1).max(limits.scenes),
  })
  .superRefine(({ scenes }, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of scenes.entries()) {
      if (seen.has(id)) {
        context.addIssue({ code: 'custom', path: ['scenes', index, 'id'], message: `"${id}" is used twice` });
      }
      seen.add(id);
    }
  });

export type Composition = z.output<typeof compositionSchema>;
export type CompositionInput = z.input<typeof compositionSchema>;
export type Video = z.output<typeof videoSchema>;
export type ThemeName = (typeof themeNames)[number];
export type AspectName = (typeof aspectNames)[number];
