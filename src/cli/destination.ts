import { access, constants, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { AuraError, type Container, containers } from '../protocol/index.ts';

/** Where each file of an export goes. */
export interface Destination {
  readonly container: Container;
  /** Absolute paths, by the artifact's name; the video first. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Checks before anything is made that it can be written: an hour of drawing should not end at a folder that is not there.
 *
 * @param options.output the video; by default the script's name with `.mp4`, in the working directory. Its ending says what
 *   it is put into.
 * @throws {AuraError} output_invalid
 */
export async function chooseDestination(options: {
  readonly input: string;
  readonly output?: string | undefined;
  readonly withSubtitles: boolean;
  readonly container?: Container | undefined;
}): Promise<Destination> {
  const stem = basename(options.input, extname(options.input));
  const video = resolve(options.output ?? `${stem}.${options.container ?? 'mp4'}`);
  const ending = extname(video).toLowerCase().slice(1);
  const container = containers.find((name) => name === ending);
  if (container === undefined || container !== (options.container ?? container)) {
    const wanted = options.container === undefined ? '.mp4 or .webm' : `.${options.container}`;
    throw refused(video, `let its name end in ${wanted}`);
  }
  await requireWritableFolder(video);
  const beside = video.slice(0, -ending.length - 1);
  const subtitles = [
    ['captions.srt', `${beside}.srt`],
    ['captions.vtt', `${beside}.vtt`],
  ] as const;
  const main = [`video.${container}`, video] as const;
  return { container, files: new Map([main, ...(options.withSubtitles ? subtitles : [])]) };
}

async function requireWritableFolder(file: string): Promise<void> {
  const folder = dirname(file);
  const existing = await stat(folder).catch(() => undefined);
  if (existing === undefined) throw refused(file, `the folder ${folder} does not exist`);
  if (!existing.isDirectory()) throw refused(file, `${folder} is not a folder`);
  const target = await stat(file).catch(() => undefined);
  if (target !== undefined && !target.isFile())
    throw refused(file, 'something that is not a file has that name');
  await access(folder, constants.W_OK).catch(() => {
    throw refused(file, `nothing may be written in ${folder}`);
  });
}

function refused(file: string, reason: string): AuraError {
  return new AuraError('output_invalid', `${file} cannot be written: ${reason}.`);
}
