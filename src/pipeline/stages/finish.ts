import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import { artifactSchema, type Composition } from '../../protocol/index.ts';
import { artifactKey } from '../../storage/artifact-key.ts';
import type { Storage } from '../../storage/contract.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { finishWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import { loudnessKey } from './mix.ts';
import type { PlanOutput } from './plan.ts';

/** Stitches, muxes, writes subtitles and poster, and verifies the file by opening it again. */
export function finishTask(composition: Composition, plan: PlanOutput): TaskSpec {
  return {
    name: 'finish',
    stage: 'finish',
    label: 'Putting the file together',
    workSeconds: finishWork(plan.frameCount / plan.fps),
    input: toJson({
      title: composition.title,
      language: composition.language,
      planKey: plan.planKey,
      mixKey: plan.mixKey,
      chunks: plan.chunks.map(({ key, frameCount }) => ({ key, frameCount })),
    }),
  };
}

const inputSchema = z.strictObject({
  title: z.string(),
  language: z.string(),
  planKey: z.string(),
  mixKey: z.string(),
  chunks: z.array(z.strictObject({ key: z.string(), frameCount: z.int() })),
});

/** The artifacts of a verified video, without the URLs that belong to a job. */
export const finishOutputSchema = z.strictObject({ artifacts: z.array(artifactSchema.omit({ url: true })) });
type FinishOutput = z.output<typeof finishOutputSchema>;

export const runFinish: RunStage = async (context, { storage, runChild }) => {
  const input = inputSchema.parse(context.task.input);
  const manifestKey = contentKey(
    'finish',
    toJson({ code: codeVersion(['pipeline', 'media', 'drawing', 'timeline']), ...input }),
    'json',
  );
  const stored = await readManifest(storage, manifestKey);
  if (stored !== undefined) return { output: stored, cached: true };
  const output = await withWorkFolder(storage, context, async (folder) => {
    const planPath = await storage.localPath(input.planKey);
    const chunks = await Promise.all(
      input.chunks.map(async ({ key, frameCount }) => ({ file: await storage.localPath(key), frameCount })),
    );
    const audio = await storage.localPath(input.mixKey);
    const loudnessPath = await storage.localPath(loudnessKey(input.mixKey));
    const { title, language } = input;
    await runChild({
      child: 'finish',
      input: toJson({ planPath, chunks, audio, loudnessPath, title, language, folder }),
      context,
    });
    return await storeArtifacts(storage, folder);
  });
  await storage.putBytes(manifestKey, Buffer.from(JSON.stringify(output)));
  return { output, cached: false };
};

/** File names are the artifacts' names: what the child writes into its folder. */
export const artifactTypes = {
  'video.mp4': 'video/mp4',
  'captions.srt': 'application/x-subrip; charset=utf-8',
  'captions.vtt': 'text/vtt; charset=utf-8',
  'poster.jpg': 'image/jpeg',
} as const;

async function storeArtifacts(storage: Storage, folder: string): Promise<FinishOutput> {
  const artifacts: FinishOutput['artifacts'] = [];
  for (const [name, contentType] of Object.entries(artifactTypes)) {
    const file = join(folder, name);
    const sha256 = await sha256OfFile(file);
    const { sizeBytes } = await storage.putFile(artifactKey({ name, sha256 }), file);
    artifacts.push({ name, contentType, sizeBytes, sha256 });
  }
  return { artifacts };
}

/** The manifest of an earlier run, when each file it lists is still there. */
async function readManifest(storage: Storage, key: string): Promise<FinishOutput | undefined> {
  if ((await storage.find(key)) === undefined) return undefined;
  const manifest = finishOutputSchema.parse(
    JSON.parse(Buffer.from(await storage.readBytes(key)).toString('utf8')),
  );
  const found = await Promise.all(manifest.artifacts.map((artifact) => storage.find(artifactKey(artifact))));
  return found.every((blob) => blob !== undefined) ? manifest : undefined;
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
