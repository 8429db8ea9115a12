import { join } from 'node:path';
import { z } from 'zod';
import type { TaskContext, TaskSpec } from '../../engine/contract.ts';
import { type Composition, type Voice, voiceSchema, type Warning } from '../../protocol/index.ts';
import { readingWarnings } from '../../speech/index.ts';
import type { Storage } from '../../storage/contract.ts';
import { codeVersion } from '../code-version.ts';
import { contentHash } from '../content-key.ts';
import { narrateWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { inScene } from '../in-scene.ts';
import { type RunStage, type StageTools, withWorkFolder } from '../stage.ts';

/** Storage keys of a spoken passage: its sound, and its words with their times. */
export const speechKeysSchema = z.strictObject({ soundKey: z.string(), wordsKey: z.string() });
export type SpeechKeys = z.output<typeof speechKeysSchema>;

/** Where the speech of a passage is stored: the same words in the same voice are spoken once. */
export function speechKeys({ language, voice }: Speaker, text: string): SpeechKeys {
  const hash = contentHash(toJson({ code: codeVersion(['speech']), text, language, voice }));
  return { soundKey: `speech/${hash}.wav`, wordsKey: `speech/${hash}.json` };
}

type Speaker = Pick<Composition, 'language' | 'voice'>;

/**
 * The distinct passages of the composition, a few to a task: starting a process and its speech engine takes longer than
 * speaking a sentence. Each passage is stored by itself, so a changed one is spoken alone.
 */
export function narrateTasks(composition: Composition): TaskSpec[] {
  const { language, voice, scenes } = composition;
  return inBatches(distinctPassages(composition)).map((passages, index) => {
    const { soundKey } = speechKeys(composition, passages.map(({ text }) => text).join('\n'));
    return {
      name: `narrate-${soundKey.replace(/\W/g, '-')}`,
      stage: 'narrate',
      label: `Speaking ${sceneSpan(composition, passages)} of ${scenes.length}`,
      workSeconds: narrateWork(
        index,
        passages.map(({ text }) => text),
      ),
      units: { count: passages.length },
      input: toJson({ language, voice, passages }),
    };
  });
}

const passageSchema = z.strictObject({ text: z.string(), scene: z.string() });
type SpokenPassage = z.output<typeof passageSchema>;

function distinctPassages({ scenes }: Composition): SpokenPassage[] {
  const passages = new Map<string, SpokenPassage>();
  for (const { id, narration, voiceOver } of scenes) {
    if (voiceOver !== undefined) continue;
    for (const { text } of narration) if (!passages.has(text)) passages.set(text, { text, scene: id });
  }
  return [...passages.values()];
}

/**
 * How much text one task speaks, in UTF-16 code units: about two minutes of speech. Until its code is compiled, an engine
 * takes as much of two cores as for speaking four minutes: a second one beside it is worth that for long texts alone.
 */
const batchLength = 2000;

function inBatches(passages: readonly SpokenPassage[]): SpokenPassage[][] {
  const batches: SpokenPassage[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const passage of passages) {
    length += passage.text.length;
    if (length > batchLength) {
      batches.push([]);
      length = passage.text.length;
    }
    batches.at(-1)?.push(passage);
  }
  return batches;
}

function sceneSpan({ scenes }: Composition, passages: readonly SpokenPassage[]): string {
  const numbers = passages.map(({ scene }) => scenes.findIndex(({ id }) => id === scene) + 1);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  return first === last ? `scene ${first}` : `scenes ${first} to ${last}`;
}

const inputSchema = z.strictObject({
  language: z.string(),
  voice: voiceSchema,
  passages: z.array(passageSchema),
});

export const runNarrate: RunStage = async (context, tools) => {
  const { passages, ...speaker } = inputSchema.parse(context.task.input);
  for (const warning of warningsOf(speaker, passages)) await context.warn(warning);
  const stored = await Promise.all(
    passages.map(({ text }) => storedSpeech(tools.storage, speechKeys(speaker, text))),
  );
  const missing = passages.filter((_, index) => stored[index] === undefined);
  context.reuse(passages.length - missing.length);
  // A process that dies does not say at which passage. Tried again one by one, the scene is known.
  const batches = context.attempt === 1 ? [missing] : missing.map((passage) => [passage]);
  for (const batch of batches)
    if (batch.length > 0) await speak(context, tools, { speaker, passages: batch });
  return { output: null, cached: missing.length === 0 };
};

/** What the composition's voice will not read as a person would. @throws {AuraError} voice_unknown. */
export function narrationWarnings(composition: Composition): Warning[] {
  const { language, voice } = composition;
  return warningsOf({ language, voice }, distinctPassages(composition));
}

function warningsOf(
  speaker: Speaker & { readonly voice: Voice },
  passages: readonly SpokenPassage[],
): Warning[] {
  return passages.flatMap(({ text, scene }) =>
    readingWarnings({ ...speaker, text }).map((warning) => ({ ...warning, scene })),
  );
}

/** The keys again, when both are stored. Both are asked for at once: who notes what a job uses then does so for all passages together. */
export async function storedSpeech(storage: Storage, keys: SpeechKeys): Promise<SpeechKeys | undefined> {
  const found = await Promise.all([storage.find(keys.wordsKey), storage.find(keys.soundKey)]);
  return found.includes(undefined) ? undefined : keys;
}

async function speak(
  context: TaskContext,
  { storage, runChild }: StageTools,
  {
    speaker,
    passages,
  }: { readonly speaker: Speaker & { readonly voice: Voice }; readonly passages: SpokenPassage[] },
): Promise<void> {
  await withWorkFolder(storage, context, async (folder) => {
    const scenes = new Set(passages.map(({ scene }) => scene));
    const onlyScene = scenes.size === 1 ? passages[0]?.scene : undefined;
    const input = toJson({ ...speaker, passages, folder });
    await inScene(onlyScene, () => runChild({ input, context }));
    for (const [index, { text }] of passages.entries()) {
      const { soundKey, wordsKey } = speechKeys(speaker, text);
      await storage.putFile(soundKey, join(folder, String(index), 'speech.wav'));
      await storage.putFile(wordsKey, join(folder, String(index), 'speech.json'));
    }
  });
}
