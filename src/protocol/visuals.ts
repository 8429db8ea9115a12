import { z } from 'zod';
import { limits } from './limits.ts';
import { colorSchema, sourceSchema } from './source.ts';

/** How a picture or a clip fills the place it has. */
export const fits = ['cover', 'contain', 'blur'] as const;
export type Fit = (typeof fits)[number];

/** How a picture moves while it is shown. */
export const pictureMotions = [
  'ken-burns',
  'zoom-in',
  'zoom-out',
  'pan-left',
  'pan-right',
  'pan-up',
  'pan-down',
  'none',
] as const;
export type PictureMotion = (typeof pictureMotions)[number];

const fitSchema = z
  .enum(fits)
  .default('cover')
  .describe(
    'cover: fills its place, edges cut off. contain: whole. blur: whole, on a blurred copy of itself.',
  );

const focusSchema = z
  .strictObject({
    x: z.number().min(0).max(1).describe('From the left.'),
    y: z.number().min(0).max(1).describe('From the top.'),
  })
  .describe('The point that matters, in shares of width and height from the top left: never cut off.');

const altSchema = z.string().max(500).default('').describe('What it shows, for people who cannot see it.');

export const pictureSchema = z.strictObject({
  source: sourceSchema,
  alt: altSchema,
  motion: z
    .enum(pictureMotions)
    .default('ken-burns')
    .describe('ken-burns: a slow zoom and pan over the length of the scene, in a direction of its own.'),
  fit: fitSchema,
  focus: focusSchema.optional(),
});

/** A piece of video. Its own sound is mixed with the voice. */
export const clipSchema = z
  .strictObject({
    source: sourceSchema,
    alt: altSchema,
    startSeconds: z.number().min(0).default(0).describe('Where in the file it begins.'),
    endSeconds: z.number().positive().optional().describe('Where in the file it ends; its end when absent.'),
    speed: z
      .number()
      .min(0.25)
      .max(4)
      .default(1)
      .describe('2 is twice as fast; the pitch of its sound is kept.'),
    loop: z
      .boolean()
      .default(false)
      .describe('Begins again as long as the scene lasts; else its last picture stays.'),
    fit: fitSchema,
    focus: focusSchema.optional(),
    gainDb: z.number().min(-60).max(20).default(0).describe('Change of level of its own sound, in dB.'),
    muted: z.boolean().default(false).describe('Without its own sound.'),
  })
  .refine(({ startSeconds, endSeconds }) => endSeconds === undefined || endSeconds > startSeconds, {
    path: ['endSeconds'],
    error: 'must be after startSeconds',
  });

export const backgroundSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('color'), color: colorSchema }),
  z.strictObject({
    kind: z.literal('gradient'),
    colors: z.array(colorSchema).min(2).max(4),
    angleDegrees: z.number().min(0).max(360).default(135).describe('Clockwise from pointing right.'),
  }),
]);

export const transitionKinds = ['cut', 'fade', 'dip', 'wipe', 'slide', 'push', 'zoom', 'circle'] as const;
export type TransitionKind = (typeof transitionKinds)[number];

export const directions = ['left', 'right', 'up', 'down'] as const;
export type Direction = (typeof directions)[number];

export const transitionSchema = z.strictObject({
  kind: z
    .enum(transitionKinds)
    .describe(
      'fade: crossfade. dip: through a colour. wipe, slide, push: in a direction. zoom: through. circle: a growing one.',
    ),
  durationSeconds: z.number().min(0).max(3).default(0.5).describe('0 for a cut.'),
  direction: z.enum(directions).default('left').describe('Where wipe, slide and push move to.'),
  color: colorSchema.default('#000000').describe('What dip goes through.'),
});

/** How a scene's words come in. */
export const textMotions = ['rise', 'fade', 'typewriter', 'stagger', 'none'] as const;
export type TextMotion = (typeof textMotions)[number];

export const captionStyles = ['karaoke', 'pop', 'plain', 'none'] as const;
export const captionPositions = ['bottom', 'middle', 'top'] as const;
export const captionSizes = ['small', 'medium', 'large'] as const;

export const captionsSchema = z.strictObject({
  style: z
    .enum(captionStyles)
    .default('karaoke')
    .describe(
      'karaoke: a box follows the spoken word. pop: words jump up as they are spoken. plain: subtitles.',
    ),
  position: z.enum(captionPositions).default('bottom').describe('Where on the screen.'),
  size: z.enum(captionSizes).default('medium').describe('Of the letters.'),
});

/** Own colours, letters and logo, over the theme's. */
export const brandSchema = z.strictObject({
  colors: z
    .strictObject({
      background: z
        .array(colorSchema)
        .min(1)
        .max(4)
        .optional()
        .describe('One colour, or a gradient of several.'),
      text: colorSchema.optional().describe('Replaced where it could not be read on the background.'),
      accent: colorSchema.optional(),
    })
    .optional(),
  fonts: z
    .strictObject({
      heading: sourceSchema.optional().describe('A TTF, OTF, WOFF or WOFF2 file.'),
      body: sourceSchema.optional().describe('For points, captions and everything else.'),
    })
    .optional(),
  logo: z
    .strictObject({
      source: sourceSchema,
      position: z
        .enum(['top-left', 'top-right', 'bottom-left', 'bottom-right'])
        .default('top-right')
        .describe('The corner.'),
      height: z.number().min(0.02).max(0.4).default(0.07).describe('In shares of the canvas’s shorter side.'),
      opacity: z.number().min(0.05).max(1).default(1).describe('Less makes it a watermark.'),
    })
    .optional(),
});

/** Columns and rows of text. */
export const tableSchema = z
  .strictObject({
    columns: z
      .array(
        z.strictObject({
          heading: z.string().max(limits.cellLength).describe('May be empty.'),
          align: z
            .enum(['start', 'center', 'end'])
            .default('start')
            .describe('Where the cells’ text stands; start is the left in languages written from the left.'),
        }),
      )
      .min(1)
      .max(limits.tableColumns),
    rows: z
      .array(z.array(z.string().max(limits.cellLength)))
      .max(limits.tableRows)
      .describe('From the top; in each a cell for each column.'),
  })
  .superRefine(({ columns, rows }, context) => {
    for (const [index, row] of rows.entries()) {
      if (row.length === columns.length) continue;
      const message = `has ${row.length} cells, but there are ${columns.length} columns`;
      context.addIssue({ code: 'custom', path: ['rows', index], message });
    }
  });

export const chartKinds = ['bar', 'line', 'pie'] as const;

/** Numbers as a picture: one value of each series for each label. */
export const chartSchema = z
  .strictObject({
    kind: z.enum(chartKinds).describe('Bars, lines, or the sectors of a circle.'),
    labels: z
      .array(z.string().max(limits.cellLength))
      .min(1)
      .max(limits.chartLabels)
      .describe('What each bar, point or sector is.'),
    series: z
      .array(
        z.strictObject({
          name: z.string().max(limits.cellLength).describe('In the key.'),
          values: z.array(z.number()).describe('One for each label.'),
        }),
      )
      .min(1)
      .max(limits.chartSeries),
    unit: z.string().max(12).default('').describe('Written behind each number: %, €, km.'),
  })
  .superRefine(({ kind, labels, series }, context) => {
    for (const [index, { values }] of series.entries()) {
      if (values.length === labels.length) continue;
      const message = `has ${values.length} values, but there are ${labels.length} labels`;
      context.addIssue({ code: 'custom', path: ['series', index, 'values'], message });
    }
    if (kind !== 'pie') return;
    const isShares = series.length === 1 && (series[0]?.values ?? []).every((value) => value >= 0);
    if (!isShares) {
      const message = 'a pie has one series, of numbers that are not negative';
      context.addIssue({ code: 'custom', path: ['series'], message });
    }
  });

export const codeSchema = z.strictObject({
  language: z.string().max(40).default('text').describe('As after ``` in Markdown: ts, python, bash.'),
  text: z.string().min(1).max(limits.codeLength).describe('As it is shown, with its line breaks.'),
});

export const quoteSchema = z.strictObject({
  text: z.string().min(1).max(limits.quoteLength).describe('Shown; what is spoken is the narration.'),
  source: z.string().max(limits.cellLength).optional().describe('Who said it, or where.'),
});

export type Picture = z.output<typeof pictureSchema>;
export type Clip = z.output<typeof clipSchema>;
export type Focus = z.output<typeof focusSchema>;
export type Background = z.output<typeof backgroundSchema>;
export type Transition = z.output<typeof transitionSchema>;
export type Captions = z.output<typeof captionsSchema>;
export type Brand = z.output<typeof brandSchema>;
export type Table = z.output<typeof tableSchema>;
export type Chart = z.output<typeof chartSchema>;
export type Code = z.output<typeof codeSchema>;
export type Quote = z.output<typeof quoteSchema>;
