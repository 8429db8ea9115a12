import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import { assetKinds, type Composition } from '../../protocol/index.ts';
import { listSources } from '../../script/index.ts';
import { contentHash } from '../content-key.ts';
import { fetchWork } from '../cost-model.ts';
import { isRemote, toJson } from '../export-input.ts';
import { inScene } from '../in-scene.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';

export function fetchTaskName(source: string): string {
  return `fetch-${contentHash(source)}`;
}

/** One task for each distinct remote file; one that is used as two kinds must be the first of them. */
export function fetchTasks(composition: Composition): TaskSpec[] {
  const remote = listSources(composition).filter(({ source }) => isRemote(source));
  const tasks = remote.toReversed().map(
    ({ source, kind, scene }): TaskSpec => ({
      name: fetchTaskName(source),
      stage: 'fetch',
      label: `Fetching ${new URL(source).host}`,
      workSeconds: fetchWork,
      units: { count: 1 },
      input: toJson({ source, kind, scene }),
    }),
  );
  return [...new Map(tasks.map((task) => [task.name, task])).values()].reverse();
}

const inputSchema = z.strictObject({
  source: z.string(),
  kind: z.enum(assetKinds),
  /** Absent for the music of the whole video. */
  scene: z.string().optional(),
});
const childOutputSchema = z.strictObject({ file: z.string(), sha256: z.string() });

/** The fetched file under the hash of its bytes, like an uploaded one. */
export const fetchOutputSchema = z.strictObject({ asset: z.string() });

/**
 * Fetches a remote file. What an address answers may change, so a result is not reused by other jobs; within a job the
 * finished task is, so a resumed job goes on with the same bytes.
 */
export const runFetch: RunStage = async (context, { storage, runChild, fetchableAddresses }) => {
  const { scene, ...input } = inputSchema.parse(context.task.input);
  return await withWorkFolder(storage, context, async (folder) => {
    const childInput = toJson({ ...input, folder, fetchableAddresses });
    const answer = await inScene(scene, () => runChild({ input: childInput, context }));
    const { file, sha256 } = childOutputSchema.parse(answer);
    await storage.putFile(`asset/${sha256}`, file, sha256);
    return { output: { asset: `asset:${sha256}` }, cached: false };
  });
};
