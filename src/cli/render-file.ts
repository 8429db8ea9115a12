import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import { AuraError, type Output } from '../protocol/index.ts';
import { AuraClient, failureOf, type JobHandle } from '../sdk/index.ts';
import { chooseDestination, type Destination } from './destination.ts';
import { download } from './download.ts';
import { followJob } from './follow-job.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { type RenderInput, readRenderInput } from './render-input.ts';
import { uploadFiles } from './upload-files.ts';
import { withServer } from './with-server.ts';

export interface RenderRequest {
  /** A Markdown script or a JSON composition. */
  readonly file: string;
  /** The video to write; its directory exists. Named after the script by default. */
  readonly output?: string | undefined;
  readonly settings: Output;
  /** Writes `.srt` and `.vtt` beside the video. */
  readonly withSubtitles: boolean;
  /** A running server; one inside this process when undefined. */
  readonly serverUrl: string | undefined;
  readonly config: Config;
  readonly display: ProgressDisplay;
  /** Cancels the export; the promise settles when that is done. */
  readonly signal: AbortSignal;
}

/** A file that was written. */
export interface RenderedFile {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * Makes a video of a script: the whole of `aura render`. The video comes first in the answer.
 *
 * @throws {AuraError} whatever is wrong with the input, the server or the export; job_cancelled.
 */
export async function renderFile(request: RenderRequest): Promise<RenderedFile[]> {
  const { file, output, settings, withSubtitles, serverUrl: url, config, display, signal } = request;
  try {
    const input = await readRenderInput(file);
    const destination = await chooseDestination({
      input: file,
      output,
      withSubtitles,
      container: settings.container,
    });
    signal.throwIfAborted();
    if (url === undefined) display.say('Starting the engine');
    return await withServer({ url, config }, (baseUrl) =>
      exportTo(new AuraClient({ baseUrl }), { request, input, destination }),
    );
  } finally {
    display.end();
  }
}

interface Export {
  readonly request: RenderRequest;
  readonly input: RenderInput;
  readonly destination: Destination;
}

async function exportTo(
  client: AuraClient,
  { request, input, destination }: Export,
): Promise<RenderedFile[]> {
  const { settings, display, signal } = request;
  const output = { ...settings, container: destination.container };
  const assets = await uploadFiles(client, input.files, signal);
  signal.throwIfAborted();
  // Not given up halfway: whether the job exists must be known, so that it can be cancelled.
  const handle = await client.export({ ...input.request, id: randomUUID(), output, assets });
  const job = await followJob({ handle, display, signal, onStop: 'cancel-job' });
  signal.throwIfAborted();
  if (job.status !== 'completed') throw failureOf(job);
  return fetchFiles(handle, { artifacts: job.artifacts, destination, signal });
}

async function fetchFiles(
  handle: JobHandle,
  { artifacts, destination, signal }: FetchRequest,
): Promise<RenderedFile[]> {
  const files: RenderedFile[] = [];
  for (const [name, target] of destination.files) {
    const artifact = artifacts.find((candidate) => candidate.name === name);
    if (artifact === undefined) throw new AuraError('artifact_not_found', `The export has no ${name}.`);
    await download({ handle, artifact, target, signal });
    files.push({ path: target, sizeBytes: artifact.sizeBytes });
  }
  return files;
}

interface FetchRequest {
  readonly artifacts: Parameters<typeof download>[0]['artifact'][];
  readonly destination: Destination;
  readonly signal: AbortSignal;
}
