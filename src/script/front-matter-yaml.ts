import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { z } from 'zod';
import { limits } from '../protocol/index.ts';
import { cleanText } from './clean-text.ts';
import { mistake, type Place } from './mistake.ts';
import { suggestion } from './nearest-name.ts';
import { readYesNo } from './read-quantities.ts';
import type { FrontMatterText } from './split-front-matter.ts';

/** Values by name as the schema wants them, though not checked, and where each stands, by its path: `voice.rate`. */
export interface FrontMatterValues {
  readonly values: Readonly<Record<string, unknown>>;
  readonly places: ReadonlyMap<string, Place>;
}

/**
 * @param schema what names there are, and which values are numbers, lists or yes and no.
 * @param shortNames by a map's path, the name within it that a plain value stands for: `voice: en` is `voice.name`.
 * @throws {AuraError} script_invalid at the name that is unknown, and for what is not YAML.
 */
export function readYaml(
  { yaml, firstLine }: FrontMatterText,
  { schema, shortNames }: { schema: z.ZodObject; shortNames: Readonly<Record<string, string>> },
): FrontMatterValues {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  refuseLongYaml(yaml, { line: firstLine, column: 1 });
  const places = new Map<string, Place>();
  const { contents } = parseYaml(yaml, lines, place);
  if (contents === null) return { values: {}, places };
  if (!isMap(contents)) {
    const start = place(offsetOf(contents));
    throw mistake(start, 'front matter is lines of name: value; for a scene break, leave out the first ---');
  }
  return { values: readMap(contents, { schema, shortNames, path: '', places, place }), places };
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

/** In YAML `accent: #ff8800` is a name without a value and a comment; here it is a colour. */
const bareColors = /(?<=[:\-[,{][ \t]*)#[0-9a-f]{6}(?:[ \t]+#[0-9a-f]{6})*(?=[ \t]*(?:$|[,\]}]|[ \t]#))/gim;
/** Stands for # in such a colour while YAML is read; as long, so that columns stay. */
const hashMark = '\uE000';

function parseYaml(yaml: string, lines: LineCounter, place: (offset: number) => Place): Document.Parsed {
  const text = yaml.includes(hashMark)
    ? yaml
    : yaml.replace(bareColors, (colors) => colors.replaceAll('#', hashMark));
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const error = document.errors[0];
  if (error !== undefined) {
    throw mistake(place(error.pos[0]), `${error.message}; put a value with special characters in quotes`);
  }
  return document;
}

interface MapReading {
  readonly schema: z.ZodObject;
  readonly shortNames: Readonly<Record<string, string>>;
  readonly path: string;
  readonly places: Map<string, Place>;
  place(offset: number): Place;
}

function readMap(map: YAMLMap, reading: MapReading): Record<string, unknown> {
  const entries = map.items.map((pair) => {
    const key = readKey(pair, reading);
    return [key, readPair(pair, key, reading)] as const;
  });
  return Object.fromEntries(entries);
}

function readKey(pair: Pair, { schema, path, place }: MapReading): string {
  const known = Object.keys(schema.shape);
  const name = isScalar(pair.key) ? String(pair.key.value) : '';
  if (known.includes(name)) return name;
  const within = path === '' ? '' : ` in ${path}`;
  throw mistake(place(offsetOf(pair.key)), `unknown name "${name}"${within}${suggestion(name, known)}`);
}

function readPair(pair: Pair, name: string, reading: MapReading): unknown {
  const { place, places } = reading;
  const path = reading.path === '' ? name : `${reading.path}.${name}`;
  const valuePlace = place(offsetOf(pair.value ?? pair.key));
  places.set(path, valuePlace);
  if (isScalar(pair.value) && pair.value.value === null) {
    throw mistake(place(offsetOf(pair.key)), `"${path}" has no value; write one, or leave it out`);
  }
  const schema = innermost(reading.schema.shape[name]);
  if (schema instanceof z.ZodObject) return readObject(pair.value, { ...reading, schema, path });
  if (schema instanceof z.ZodArray) return readList(pair.value, { ...reading, path });
  return readScalar(pair.value, { schema, path, valuePlace });
}

function readObject(node: unknown, reading: MapReading): Record<string, unknown> {
  if (isMap(node)) return readMap(node, reading);
  const { schema, path, places, place, shortNames } = reading;
  const valuePlace = place(offsetOf(node));
  const short = shortNames[path];
  if (short === undefined) {
    const names = Object.keys(schema.shape).join(', ');
    throw mistake(valuePlace, `"${path}" takes names and values: ${names}`);
  }
  places.set(`${path}.${short}`, valuePlace);
  return { [short]: readScalar(node, { schema: innermost(schema.shape[short]), path, valuePlace }) };
}

/** A list of YAML, or values with blanks between them. */
function readList(node: unknown, { path, places, place }: MapReading): unknown[] {
  if (!isSeq(node)) {
    return String(readScalar(node, { schema: undefined, path, valuePlace: place(offsetOf(node)) })).split(
      /\s+/,
    );
  }
  return node.items.map((item, index) => {
    const valuePlace = place(offsetOf(item));
    places.set(`${path}.${index}`, valuePlace);
    return readScalar(item, { schema: undefined, path, valuePlace });
  });
}

/** Quoted or not, a number stays as it was written where text is wanted: `title: 2024`. */
function readScalar(
  node: unknown,
  { schema, path, valuePlace }: { schema: unknown; path: string; valuePlace: Place },
): unknown {
  if (!isScalar(node)) throw mistake(valuePlace, `"${path}" takes one value`);
  const { value, source } = node;
  const isNumeric = schema instanceof z.ZodNumber || schema instanceof z.ZodLiteral;
  if (isNumeric && typeof value === 'number') return value;
  const text = cleanText((source ?? String(value)).replaceAll(hashMark, '#'));
  if (schema instanceof z.ZodBoolean) return readYesNo(text) ?? text;
  return text;
}

function innermost(schema: unknown): unknown {
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return isWrapped ? innermost(schema.unwrap()) : schema;
}

function offsetOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
}
