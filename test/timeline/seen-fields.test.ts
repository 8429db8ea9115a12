import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highlightCode } from '../../src/pipeline/highlight-code.ts';
import { compositionJsonSchema, compositionSchema } from '../../src/protocol/index.ts';
import { buildTimeline, planChunks, type Timeline } from '../../src/timeline/index.ts';
import { completeComposition } from './complete-composition.ts';
import { evenlySpoken } from './evenly-spoken.ts';

/**
 * Fields of a timeline that nobody sees: what a chunk shows, and so the key it is stored by, is the same whatever they
 * are. Every other field has to be in it, or a change of it would be answered with old frames.
 */
const unseen = [
  'frameCount',
  'scenes[].id',
  'scenes[].startFrame',
  'scenes[].picture.alt',
  'scenes[].pictures[].alt',
  'scenes[].clip.alt',
  'scenes[].clip.gainDb',
  'scenes[].clip.muted',
  'speech[].sceneIndex',
  'speech[].passageIndex',
  'speech[].startSample',
  'voiceOvers[].sceneIndex',
  'voiceOvers[].startSample',
  'voiceOvers[].sampleCount',
  'clipSounds[].sceneIndex',
  'clipSounds[].startSample',
  'clipSounds[].sampleCount',
];

/** Where a word with a letter more would be nothing that the drawing knows. */
const otherNames: Readonly<Record<string, string>> = {
  'scenes[].layout': 'end',
  'scenes[].textMotion': 'none',
};

const timeline = await completeTimeline();

test('the composition that is tried has every field there is', () => {
  const fields = [...new Set(schemaFields(compositionJsonSchema()))];
  assert.ok(fields.length > 80, `${fields.length} fields`);
  const present = new Set(leavesOf(completeComposition).map(({ field }) => field));
  assert.deepEqual(
    fields.filter((field) => !present.has(field)),
    [],
    'a new field: give it a value in complete-composition.ts',
  );
});

test('a change of anything that is seen changes what a chunk shows, and of nothing else', () => {
  const before = contents(timeline);
  const leaves = leavesOf(timeline);
  const isShown = ({ steps, field }: Leaf): boolean => contents(changed(steps, field)) !== before;
  const shown = new Set(leaves.filter(isShown).map(({ field }) => field));
  const hidden = new Set(leaves.map(({ field }) => field).filter((field) => !shown.has(field)));
  assert.ok(shown.size > 60, `${shown.size} fields`);
  assert.deepEqual(
    [...hidden].toSorted(),
    unseen.toSorted(),
    'a field of the timeline that is drawn belongs into chunkContent(), and any other into the list above',
  );
});

async function completeTimeline(): Promise<Timeline> {
  const composition = compositionSchema.parse(completeComposition);
  const speech = (scene: number, passage: number) =>
    evenlySpoken(composition.scenes[scene]?.narration[passage]?.text ?? '');
  const codes = composition.scenes.map(({ code }) => (code === undefined ? [] : highlightCode(code)));
  const lines = await Promise.all(codes);
  return buildTimeline(composition, speech, {
    clipSeconds: () => 9,
    codeLines: (index) => lines[index] ?? [],
    voiceOver: (index) => {
      const passages = [{ ...speech(index, 0), startSeconds: 0.5 }];
      return { durationSeconds: 4, speech: [{ startSeconds: 0.5, endSeconds: 3 }], passages };
    },
  });
}

function contents(from: Timeline): string {
  return JSON.stringify(planChunks(from).map(({ content }) => content));
}

type Step = string | number;

/** A value that holds no others: where it lies, and which field that is: `scenes[].picture.focus.x`. */
interface Leaf {
  readonly steps: readonly Step[];
  readonly field: string;
}

function leavesOf(value: unknown, steps: readonly Step[] = [], field = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ steps, field }];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => leavesOf(item, [...steps, index], `${field}[]`));
  }
  const prefix = field === '' ? '' : `${field}.`;
  return Object.entries(value).flatMap(([name, member]) =>
    leavesOf(member, [...steps, name], `${prefix}${name}`),
  );
}

/** The timeline with one value changed. */
function changed(steps: readonly Step[], field: string): Timeline {
  const copy: unknown = structuredClone(timeline);
  const last = steps.at(-1) ?? '';
  const owner = steps.slice(0, -1).reduce((value, step) => Reflect.get(Object(value), step), copy);
  Reflect.set(Object(owner), last, otherValue(Reflect.get(Object(owner), last), field));
  return JSON.parse(JSON.stringify(copy));
}

function otherValue(value: unknown, field: string): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return otherNames[field] ?? `${value}x`;
}

/** Names of all values that the schema allows, as `Leaf` has them; what can be only one thing is left out. */
function schemaFields(schema: unknown, field = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if ('oneOf' in schema && Array.isArray(schema.oneOf)) {
    return schema.oneOf.flatMap((choice) => schemaFields(choice, field));
  }
  if ('items' in schema) return schemaFields(schema.items, `${field}[]`);
  if (!('properties' in schema)) return 'const' in schema ? [] : [field];
  const prefix = field === '' ? '' : `${field}.`;
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    schemaFields(inner, `${prefix}${name}`),
  );
}
