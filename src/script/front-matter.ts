import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { z } from 'zod';
import {
  aspectNames,
  compositionSchema,
  frameRates,
  limits,
  musicSchema,
  themeNames,
  voiceSchema,
} from '../protocol/index.ts';
import { cleanText } from './clean-text.ts';
import { mistake, type Place } from './mistake.ts';
import { enumeration, suggestion } from './nearest-name.ts';
import { pictureOrSoundName } from './source-name.ts';
import type { FrontMatterText } from './split-front-matter.ts';

const shape = compositionSchema.shape;

/** What the front matter may say; absent means the composition's default. */
const frontMatterSchema = z.strictObject({
  title: shape.title.optional(),
  language: shape.language.unwrap().optional(),
  voice: voiceSchema.pick({ name: true, rate: true }).optional(),
  theme: z.enum(themeNames).optional(),
  aspect: z.enum(aspectNames).optional(),
  fps: z.literal(frameRates).optional(),
  captions: z.enum(['karaoke', 'none']).optional(),
  music: musicSchema.optional(),
});
export type FrontMatter = z.output<typeof frontMatterSchema>;

export const frontMatterNames: readonly string[] = Object.keys(frontMatterSchema.shape);

/** Names within a value that is a map, and the one a plain value stands for. */
const innerKeys: Readonly<Record<string, readonly [string, ...string[]]>> = {
  voice: ['name', 'rate'],
  music: ['source', 'gainDb', 'duckingDb'],
};

const numeric: readonly string[] = ['fps', 'rate', 'gainDb', 'duckingDb'];

/** A value and where it stands, by its path: `voice`, `voice.rate`. */
type Places = Map<string, Place>;

/** @throws {AuraError} script_invalid at the key or value that is wrong. */
export function readFrontMatter({ yaml, firstLine }: FrontMatterText): FrontMatter {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  refuseLongYaml(yaml, { line: firstLine, column: 1 });
  const document = parseYaml(yaml, lines, place);
  if (document.contents === null) return {};
  if (!isMap(document.contents)) {
    const start = place(offsetOf(document.contents));
    throw mistake(start, 'front matter is lines of name: value; for a scene break, leave out the first ---');
  }
  const places: Places = new Map();
  const values = readMap({ map: document.contents, path: '', known: frontMatterNames, places, place });
  return checked(values, places);
}

/** The YAML parser recurses for each. */
const mostBrackets = 100;

function refuseLongYaml(yaml: string, start: Place): void {
  if (yaml.length > limits.passageLength) {
    throw mistake(start, `front matter takes at most ${limits.passageLength} characters`);
  }
  if ((yaml.match(/[[{]/g)?.length ?? 0) > mostBrackets) {
    throw mistake(start, `front matter has more than ${mostBrackets} brackets; put such a value in quotes`);
  }
}

function parseYaml(yaml: string, lines: LineCounter, place: (offset: number) => Place): Document.Parsed {
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const error = document.errors[0];
  if (error !== undefined) {
    throw mistake(place(error.pos[0]), `${error.message}; put a value with special characters in quotes`);
  }
  return document;
}

interface MapReading {
  readonly map: YAMLMap;
  readonly path: string;
  readonly known: readonly string[];
  readonly places: Places;
  place(offset: number): Place;
}

function readMap(reading: MapReading): Record<string, unknown> {
  const entries = reading.map.items.map((pair) => {
    const key = readKey(pair, reading);
    return [key, readValue(pair, key, reading)] as const;
  });
  return Object.fromEntries(entries);
}

function readKey(pair: Pair, { known, path, place }: MapReading): string {
  const keyPlace = place(offsetOf(pair.key));
  const name = isScalar(pair.key) ? String(pair.key.value) : '';
  if (!known.includes(name)) {
    const within = path === '' ? '' : ` in ${path}`;
    throw mistake(keyPlace, `unknown name "${name}"${within}${suggestion(name, known)}`);
  }
  return name;
}

function readValue(pair: Pair, name: string, reading: MapReading): unknown {
  const { place, places } = reading;
  const path = reading.path === '' ? name : `${reading.path}.${name}`;
  const inner = innerKeys[path];
  const valuePlace = place(offsetOf(pair.value ?? pair.key));
  places.set(path, valuePlace);
  if (inner !== undefined && isMap(pair.value)) {
    return readMap({ ...reading, map: pair.value, path, known: inner });
  }
  if (!isScalar(pair.value)) throw mistake(valuePlace, `"${path}" takes one value`);
  const { value, source } = pair.value;
  if (value === null)
    throw mistake(place(offsetOf(pair.key)), `"${path}" has no value; write one, or leave it out`);
  const plain =
    numeric.includes(name) && typeof value === 'number' ? value : cleanText(source ?? String(value));
  return inner !== undefined ? { [inner[0]]: plain } : plain;
}

function checked(values: Record<string, unknown>, places: Places): FrontMatter {
  const result = frontMatterSchema.safeParse(values);
  if (!result.success) {
    const [issue] = result.error.issues;
    const path = issue?.path.join('.') ?? '';
    const place = places.get(path) ?? places.get(path.split('.')[0] ?? '') ?? { line: 1, column: 1 };
    throw mistake(
      place,
      `"${path}" ${issue === undefined ? 'is not valid' : problem(issue, places.has(path))}`,
    );
  }
  const { music } = result.data;
  if (music === undefined) return result.data;
  const source = pictureOrSoundName(music.source);
  if (source === undefined) {
    const place = places.get('music.source') ?? places.get('music') ?? { line: 1, column: 1 };
    throw mistake(
      place,
      `"${music.source}" cannot be used: name a file beside the script, or an https address`,
    );
  }
  return { ...result.data, music: { ...music, source } };
}

function problem(issue: z.core.$ZodIssue, isGiven: boolean): string {
  if (issue.code === 'invalid_value') return `must be ${enumeration(issue.values.map(String))}`;
  if (issue.code === 'invalid_type') {
    return isGiven ? `must be a ${issue.expected}` : 'is missing';
  }
  if (issue.code === 'too_big')
    return `is at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
  if (issue.code === 'too_small') {
    return issue.origin === 'string' ? 'has no value' : `is at least ${issue.minimum}`;
  }
  return issue.message;
}

function offsetOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
}
