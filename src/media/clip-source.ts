import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import type { FormatContext, Stream } from 'node-av/lib';
import { AuraError } from '../protocol/index.ts';
import { type Orientation, readOrientation, type Size, shownSize } from './clip-geometry.ts';
import { openMedia } from './open-media.ts';

/** FFmpeg's names of the formats a clip may come in: MP4 and MOV, WebM and Matroska, and GIF. */
export const clipFormats = ['mov', 'matroska', 'gif'] as const;

export interface ClipFile {
  readonly file: string;
  /** What people call the file, for errors; its path when absent. */
  readonly name?: string | undefined;
}

/** A file opened for its pictures. */
export interface ClipSource extends AsyncDisposable {
  readonly context: FormatContext;
  readonly stream: Stream;
  /** As stored. */
  readonly storedSize: Size;
  /** As shown: turned, in square pixels. */
  readonly shownSize: Size;
  readonly orientation: Orientation;
  /** When the first picture is shown, in the stream's ticks: the clip's time 0. */
  readonly startTicks: bigint;
  readonly secondsPerTick: number;
  readonly isGif: boolean;
  readonly hasAudio: boolean;
}

/**
 * Opens a clip, local files and the listed formats only.
 *
 * @throws {AuraError} video_invalid when it is something else, or has no pictures.
 */
export async function openClipSource(clip: ClipFile): Promise<ClipSource> {
  const context = await openMedia(clip.file, clipFormats).catch((error: unknown) => {
    throw invalidClip(clip, 'is not a complete video of a supported kind', error);
  });
  try {
    return describe(context, videoStream(context, clip));
  } catch (error) {
    await context.closeInput();
    throw error;
  }
}

export function invalidClip({ file, name }: ClipFile, what: string, cause?: unknown): AuraError {
  return new AuraError('video_invalid', `"${name ?? file}" ${what}.`, { cause });
}

/** Whether a file that may be a clip has pictures, or only sound. One that cannot be opened may have them. */
export async function hasPictures(file: string): Promise<boolean> {
  const context = await openMedia(file, clipFormats).catch(() => undefined);
  if (context === undefined) return true;
  try {
    return videoStreams(context).length > 0;
  } finally {
    await context.closeInput();
  }
}

/** A cover picture inside a sound file is a video stream too, and none that is meant here. */
function videoStreams(context: FormatContext): Stream[] {
  return context.streams.filter(
    ({ codecpar, disposition }) =>
      codecpar.codecType === AVMEDIA_TYPE_VIDEO && (disposition & AV_DISPOSITION_ATTACHED_PIC) === 0,
  );
}

function videoStream(context: FormatContext, clip: ClipFile): Stream {
  const best = context.findBestStream(AVMEDIA_TYPE_VIDEO);
  const candidates = videoStreams(context);
  const stream = candidates.find(({ index }) => index === best) ?? candidates[0];
  if (stream === undefined) throw invalidClip(clip, 'has no pictures');
  if (stream.codecpar.width <= 0 || stream.codecpar.height <= 0)
    throw invalidClip(clip, 'does not say how large its pictures are');
  return stream;
}

function describe(context: FormatContext, stream: Stream): ClipSource {
  const { width, height, sampleAspectRatio } = stream.codecpar;
  const orientation = readOrientation(stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX));
  const ratio = stream.sampleAspectRatio.num > 0 ? stream.sampleAspectRatio : sampleAspectRatio;
  return {
    context,
    stream,
    storedSize: { width, height },
    shownSize: shownSize({ width, height, pixelAspect: ratio.num / ratio.den, orientation }),
    orientation,
    startTicks: stream.startTime === AV_NOPTS_VALUE ? 0n : stream.startTime,
    secondsPerTick: stream.timeBase.num / stream.timeBase.den,
    isGif: context.iformat?.name === 'gif',
    hasAudio: context.findBestStream(AVMEDIA_TYPE_AUDIO) >= 0,
    [Symbol.asyncDispose]: () => context.closeInput(),
  };
}
