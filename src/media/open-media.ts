import { Dictionary, FormatContext } from 'node-av/lib';
import { check } from './ffmpeg.ts';

/**
 * Opens a file for reading. Only the named formats are tried and only local files are touched, so a playlist or a
 * concat script from a stranger cannot make FFmpeg open anything else.
 *
 * @param formats FFmpeg's demuxer names, e.g. `mov` for MP4 and M4A.
 * @param options.decodes False: what the streams are is taken from the headers alone, and no picture is decoded to find
 *   out the rest, which takes up to 40 ms.
 * @throws {Error} when it is none of these formats.
 */
export async function openMedia(
  file: string,
  formats: readonly string[],
  { decodes = true }: { readonly decodes?: boolean } = {},
): Promise<FormatContext> {
  const context = new FormatContext();
  using options = Dictionary.fromObject({
    format_whitelist: formats.join(','),
    protocol_whitelist: 'file',
  });
  check(await context.openInput(`file:${file}`, null, options), `open ${file}`);
  try {
    if (decodes) check(await context.findStreamInfo(), `read ${file}`);
    return context;
  } catch (error) {
    await context.closeInput();
    throw error;
  }
}

/** What an MP4 file is called by FFmpeg; M4A is the same. Chunks are always that. */
export const mp4Formats = ['mov'] as const;

/** What a finished video can be: MP4 or WebM. */
export const finishedFormats = ['mov', 'matroska'] as const;
