import type { z } from 'zod';
import type { Json } from '../engine/contract.ts';
import {
  type Asset,
  AuraError,
  compositionSchema,
  type createJobSchema,
  type ErrorPlace,
} from '../protocol/index.ts';
import {
  fileUse,
  isSilentByMistake,
  listSources,
  parseScript,
  silenceProblem,
  withSources,
} from '../script/index.ts';
import { resolveVoice } from '../speech/index.ts';
import { type ExportInput, toJson } from './export-input.ts';
import { requireSource } from './require-source.ts';
import { resolveOutput } from './resolve-output.ts';

export interface PreparedJob {
  readonly title: string;
  /** An ExportInput. */
  readonly input: Json;
}

type JobRequest = z.output<typeof createJobSchema>;

/**
 * Turns a request into a job's input, or says what is wrong with it before any job exists.
 *
 * @param findAsset what was uploaded under an id, if anything.
 * @throws {AuraError} script_*, narration_missing, voice_unknown, picture_missing, audio_missing, url_refused, ….
 */
export async function prepareJob(
  request: JobRequest,
  findAsset: (assetId: string) => Promise<Asset | undefined>,
): Promise<PreparedJob> {
  const parsed = request.composition ?? parseScript(request.script ?? '');
  const mapped = withSources(parsed, request.assets ?? {});
  const composition = compositionSchema.parse({
    ...mapped,
    voice: resolveVoice(mapped.language, mapped.voice),
  });
  if (isSilentByMistake(composition)) throw new AuraError('narration_missing', `${silenceProblem}.`);
  for (const use of listSources(composition)) {
    await requireSource(use, { findAsset, place: placeOf(use, request.script) });
  }
  const outputs = (request.outputs ?? [request.output]).map((output) => resolveOutput(composition, output));
  return { title: composition.title, input: toJson({ composition, outputs } satisfies ExportInput) };
}

type SourceUse = ReturnType<typeof listSources>[number];

/** The scene and, when there is a script, the line that names the file. */
function placeOf({ source, scene }: SourceUse, script: string | undefined): ErrorPlace {
  const line = script === undefined ? undefined : fileUse(script, source);
  return { ...line, ...(scene !== undefined && { scene }) };
}
