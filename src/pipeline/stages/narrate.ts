import { join } from 'node:path';
import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import { type Composition, type Voice, voiceSchema } from '../../protocol/index.ts';
import { readingWarnings } from '../../speech/index.ts';
import { codeVersion } from '../code-version.ts';
import { contentHash } from '../content-key.ts';
import { narrateWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { inScene } from '../in-scene.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';

/** Name of the task that speaks a passage: the same words in the same voice are spoken once. */
export function narrateTaskName(composition: Composition, text: string): string {
  return `narrate-${speechHash({ text, language: composition.language, voice: composition.voice })}`;
}

/** One task for each distinct passage of the composition. */
export function narrateTasks(composition: Composition): TaskSpec[] {
  const tasks = new Map<string, TaskSpec>();
  for (const [sceneIndex, scene] of composition.scenes.entries()) {
    for (const { text } of scene.narration) {
      const name = narrateTaskName(composition, text);
      if (tasks.has(name)) continue;
      tasks.set(name, {
        name,
        stage: 'narrate',
        label: `Speaking scene ${sceneIndex + 1} of ${composition.scenes.length}`,
        workSeconds: narrateWork(text),
        input: toJson({ text, language: composition.language, voice: composition.voice, scene: scene.id }),
      });
    }
  }
  return [...tasks.values()];
}

const inputSchema = z.strictObject({
  text: z.string(),
  language: z.string(),
  voice: voiceSchema,
  scene: z.string(),
});

/** Storage keys of a spoken passage: its sound, and its words with their times. */
export const narrateOutputSchema = z.strictObject({ soundKey: z.string(), wordsKey: z.string() });

export const runNarrate: RunStage = async (context, { storage, runChild }) => {
  const { scene, ...request } = inputSchema.parse(context.task.input);
  for (const warning of readingWarnings(request)) await context.warn(warning);
  const hash = speechHash(request);
  const output = { soundKey: `speech/${hash}.wav`, wordsKey: `speech/${hash}.json` };
  // The words are stored last, so words without sound cannot be.
  if ((await storage.find(output.wordsKey)) && (await storage.find(output.soundKey)))
    return { output, cached: true };
  await withWorkFolder(storage, context, async (folder) => {
    const input = toJson({ ...request, folder });
    await inScene(scene, () => runChild({ child: 'narrate', input, context }));
    await storage.putFile(output.soundKey, join(folder, 'speech.wav'));
    await storage.putFile(output.wordsKey, join(folder, 'speech.json'));
  });
  return { output, cached: false };
};

interface SpeechInputs {
  readonly text: string;
  readonly language: string;
  readonly voice: Voice;
}

function speechHash({ text, language, voice }: SpeechInputs): string {
  return contentHash(toJson({ code: codeVersion(['speech']), text, language, voice }));
}
