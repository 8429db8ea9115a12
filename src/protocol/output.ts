import { z } from 'zod';
import { aspectNames, aspects, type Composition, sideSchema } from './composition.ts';
import { frameRates } from './frame-rates.ts';

/** What the picture is stored as. */
export const codecs = ['h264', 'hevc', 'av1', 'vp9'] as const;
export type Codec = (typeof codecs)[number];

/** The kind of file. */
export const containers = ['mp4', 'webm'] as const;
export type Container = (typeof containers)[number];

/** How closely the encoder keeps to what was drawn: smaller files, or finer pictures. */
export const qualities = ['draft', 'standard', 'high'] as const;
export type Quality = (typeof qualities)[number];

/** How long the encoder looks for a smaller file of the same quality. */
export const encodingSpeeds = ['fast', 'balanced', 'slow'] as const;
export type EncodingSpeed = (typeof encodingSpeeds)[number];

/** Where a video goes; the figures of each are in delivery-presets.ts. */
export const deliveryNames = [
  'youtube',
  'youtube-4k',
  'shorts',
  'tiktok',
  'reels',
  'linkedin',
  'podcast',
] as const;
export type DeliveryName = (typeof deliveryNames)[number];

/** How the frames are encoded and what they are put into. */
export const encodingSchema = z.strictObject({
  codec: z.enum(codecs),
  container: z.enum(containers),
  quality: z.enum(qualities),
  speed: z.enum(encodingSpeeds),
  hardware: z
    .boolean()
    .describe(
      'Use the machine’s encoder when a test encode shows that it works; else software, and a warning.',
    ),
});
export type Encoding = z.output<typeof encodingSchema>;

/** Changes that one export makes to the composition's own video settings; absent means "as the composition says". */
export const outputSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, { error: 'must be a slug such as shorts' })
      .optional()
      .describe('Begins the names of its files; needed when there are several outputs.'),
    preset: z.enum(deliveryNames).optional().describe('Where it goes. What else is given here overrides it.'),
    aspect: z.enum(aspectNames).optional(),
    width: sideSchema.optional(),
    height: sideSchema.optional(),
    fps: z.literal(frameRates).optional(),
    codec: z.enum(codecs).optional().describe('h264 when absent; vp9 in a WebM.'),
    container: z.enum(containers).optional().describe('mp4 when absent.'),
    quality: z.enum(qualities).optional().describe('standard when absent.'),
    speed: z.enum(encodingSpeeds).optional().describe('fast when absent.'),
    hardware: z
      .boolean()
      .optional()
      .describe('Use the machine’s own encoder if it works. False when absent.'),
  })
  .refine((output) => (output.width === undefined) === (output.height === undefined), {
    error: 'width and height go together',
  })
  .refine((output) => output.aspect === undefined || output.width === undefined, {
    error: 'give either aspect or width and height',
  })
  .refine(
    ({ codec, container }) =>
      container !== 'webm' || codec === undefined || codec === 'vp9' || codec === 'av1',
    {
      path: ['codec'],
      error: 'a WebM holds vp9 or av1',
    },
  );

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
