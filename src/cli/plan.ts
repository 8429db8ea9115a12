import type { Config } from '../config.ts';
import { type ExportPlan, warningText } from '../protocol/index.ts';
import { AuraClient } from '../sdk/index.ts';
import { type OutputFlags, outputOf } from './output-options.ts';
import { durationText, sizeText } from './quantities.ts';
import { readRenderInput } from './render-input.ts';
import { uploadFiles } from './upload-files.ts';
import { withServer } from './with-server.ts';

interface PlanCommand extends OutputFlags {
  /** A Markdown script or a JSON composition. */
  readonly file: string;
  readonly server?: string;
  /** Prints the API's answer as it is. */
  readonly json?: boolean;
  readonly config: Config;
}

/** `aura plan`: what an export would draw and what is stored, without making anything. */
export async function plan({ file, server, json, config, ...flags }: PlanCommand): Promise<void> {
  const output = outputOf(flags);
  const input = await readRenderInput(file);
  const answer = await withServer({ url: server, config }, async (baseUrl) => {
    const client = new AuraClient({ baseUrl });
    const assets = await uploadFiles(client, input.files, AbortSignal.timeout(uploadMilliseconds));
    return client.plan({ ...input.request, output, assets });
  });
  process.stdout.write(json === true ? `${JSON.stringify(answer, null, 2)}\n` : planText(answer));
}

const uploadMilliseconds = 15 * 60_000;

/** The plan for people: one line for each thing that is done or stored, then the scenes that must be drawn. */
export function planText(plan: ExportPlan): string {
  const about = plan.isExact ? '' : 'about ';
  const outputs = plan.outputs.map((output) => {
    const shape = `${output.width} x ${output.height}, ${output.fps} fps, ${output.codec} in ${output.container}`;
    const left = output.frames.total - output.frames.cached;
    const work = output.isFinished ? 'stored whole' : `${left} of ${output.frames.total} frames to draw`;
    return `${output.name ?? 'video'}: ${about}${durationText(output.durationSeconds)}, ${shape}: ${work}`;
  });
  const drawn = plan.scenes.filter(({ frames }) => frames.cached < frames.total).map(({ id }) => id);
  const lines = [
    plan.title,
    ...outputs,
    `Speech: ${plan.passages.total - plan.passages.cached} of ${plan.passages.total} passages to speak`,
    ...(plan.fetches === 0 ? [] : [`Remote files to fetch: ${plan.fetches}`]),
    drawn.length === 0 ? 'Every scene is stored.' : `Scenes to draw: ${drawn.join(', ')}`,
    `It would take about ${durationText(plan.estimatedSeconds)} here, and ${sizeText(plan.storageBytes)} of room.`,
    ...plan.warnings.map((warning) => `warning: ${warningText(warning)}`),
  ];
  return `${lines.join('\n')}\n`;
}
