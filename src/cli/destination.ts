import { access, constants, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { AuraError } from '../protocol/index.ts';

/** Where each file of an export goes, by its artifact's name. Absolute paths. */
export type Destination = ReadonlyMap<string, string>;

/**
 * Checks before anything is made that it can be written: an hour of drawing should not end at a folder that is not there.
 *
 * @param options.output the video; by default the script's name with `.mp4`, in the working directory.
 * @throws {AuraError} output_invalid
 */
export async function chooseDestination(options: {
  readonly input: string;
  readonly output?: string | undefined;
  readonly withSubtitles: boolean;
}): Promise<Destination> {
  const stem = basename(options.input, extname(options.input));
  const video = resolve(options.output ?? `${stem}.mp4`);
  if (extname(video).toLowerCase() !== '.mp4')
    throw refused(video, 'the file is an MP4: let its name end in .mp4');
  await requireWritableFolder(video);
  const beside = video.slice(0, -'.mp4'.length);
  const subtitles = [
    ['captions.srt', `${beside}.srt`],
    ['captions.vtt', `${beside}.vtt`],
  ] as const;
  return new Map<string, string>([['video.mp4', video], ...(options.withSubtitles ? subtitles : [])]);
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
