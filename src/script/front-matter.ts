import { z } from 'zod';
import {
  aspectNames,
  brandSchema,
  captionsSchema,
  compositionSchema,
  frameRates,
  loudnessSchema,
  musicSchema,
  sideSchema,
  themeNames,
  voiceSchema,
} from '../protocol/index.ts';
import { type FrontMatterValues, readYaml } from './front-matter-yaml.ts';
import { mistake, type Place } from './mistake.ts';
import { enumeration } from './nearest-name.ts';
import { sourceName } from './source-name.ts';
import type { FrontMatterText } from './split-front-matter.ts';

const shape = compositionSchema.shape;

const sizeSchema = z
  .string()
  .regex(/^\d{1,5}\s?[x×]\s?\d{1,5}$/, { error: 'must be a width and a height in pixels, as in 1280x720' })
  .transform((size) => {
    const [width = 0, height = 0] = size.split(/\s?[x×]\s?/).map(Number);
    return { width, height };
  })
  .pipe(z.strictObject({ width: sideSchema, height: sideSchema }));

/** What the front matter may say; absent means the composition's default. */
const frontMatterSchema = z.strictObject({
  title: shape.title.optional(),
  language: shape.language.unwrap().optional(),
  voice: voiceSchema.pick({ name: true, rate: true }).optional(),
  theme: z.enum(themeNames).optional(),
  brand: brandSchema.optional(),
  aspect: z.enum(aspectNames).optional(),
  size: sizeSchema.optional(),
  fps: z.literal(frameRates).optional(),
  captions: captionsSchema.optional(),
  music: musicSchema.optional(),
  loudness: loudnessSchema.optional(),
});
export type FrontMatter = z.output<typeof frontMatterSchema>;

export const frontMatterNames: readonly string[] = Object.keys(frontMatterSchema.shape);

/** What a plain value stands for: `voice: en-gb` is `voice: { name: en-gb }`. */
const shortNames = {
  voice: 'name',
  captions: 'style',
  music: 'source',
  loudness: 'lufs',
  'brand.logo': 'source',
} as const;

type Places = FrontMatterValues['places'];

/** @throws {AuraError} script_invalid at the key or value that is wrong. */
export function readFrontMatter(text: FrontMatterText): FrontMatter {
  const { values, places } = readYaml(text, { schema: frontMatterSchema, shortNames });
  const checked = check(values, places);
  if (checked.size !== undefined && checked.aspect !== undefined) {
    throw mistake(placeOf(['size'], places), 'aspect says the size already; leave one of them out');
  }
  return withSourceNames(checked, places);
}

function check(values: Readonly<Record<string, unknown>>, places: Places): FrontMatter {
  const result = frontMatterSchema.safeParse(values);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  const path = issue.path.map(String);
  const isGiven = places.has(path.join('.')) || path.length === 1;
  throw mistake(placeOf(path, places), `"${shownPath(path)}" ${problem(issue, isGiven)}`);
}

/** Where a value stands; where what it is missing in stands, otherwise. */
function placeOf(path: readonly string[], places: Places): Place {
  const depths = path.map((_, index) => path.slice(0, path.length - index).join('.'));
  const known = depths.find((name) => places.has(name));
  return places.get(known ?? '') ?? { line: 1, column: 1 };
}

/** Without the number of an entry in a list. */
function shownPath(path: readonly string[]): string {
  return path.filter((name) => !/^\d+$/.test(name)).join('.');
}

function problem(issue: z.core.$ZodIssue, isGiven: boolean): string {
  if (issue.code === 'invalid_value') return `must be ${enumeration(issue.values.map(String))}`;
  if (issue.code === 'invalid_type') {
    if (!isGiven) return 'is missing';
    return issue.expected === 'boolean' ? 'must be yes or no' : `must be a ${issue.expected}`;
  }
  if (issue.code === 'too_big') {
    if (issue.origin === 'array') return `has at most ${issue.maximum} entries`;
    return `is at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
  }
  if (issue.code === 'too_small') {
    return issue.origin === 'string' ? 'has no value' : `is at least ${issue.minimum}`;
  }
  return issue.message;
}

function withSourceNames(frontMatter: FrontMatter, places: Places): FrontMatter {
  const named = (source: string, path: readonly string[]): string => {
    const name = sourceName(source);
    if (name !== undefined) return name;
    const advice = 'name a file beside the script, or an https address';
    throw mistake(placeOf(path, places), `"${source}" cannot be used: ${advice}`);
  };
  const { music, brand } = frontMatter;
  const { logo, fonts } = brand ?? {};
  const heading = fonts?.heading && named(fonts.heading, ['brand', 'fonts', 'heading']);
  const body = fonts?.body && named(fonts.body, ['brand', 'fonts', 'body']);
  return {
    ...frontMatter,
    ...(music && { music: { ...music, source: named(music.source, ['music', 'source']) } }),
    ...(brand && {
      brand: {
        ...brand,
        ...(fonts && { fonts: { ...(heading && { heading }), ...(body && { body }) } }),
        ...(logo && { logo: { ...logo, source: named(logo.source, ['brand', 'logo', 'source']) } }),
      },
    }),
  };
}
