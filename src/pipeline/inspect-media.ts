import { hasPictures } from '../media/clip-source.ts';
import { probeAudio, probeVideo } from '../media/index.ts';
import { inspectFont } from '../media/inspect-font.ts';
import { inspectPicture, type SniffedAsset, sniffAsset } from '../pictures/index.ts';
import { type Asset, AuraError, type ErrorCode } from '../protocol/index.ts';
import { inspectTiming } from './inspect-timing.ts';
import type { InspectedMedia } from './inspected-media.ts';

type Kind = Asset['kind'];

/**
 * Finds out what a stranger's file is by its content and opens all of it. Decodes, so it belongs in a child process.
 *
 * @param name what people call the file, for errors.
 * @param expected what it is going to be used as, where that is known: a GIF can be a clip, and a video can be a sound.
 * @throws {AuraError} asset_empty, asset_unsupported, asset_too_large, picture_invalid, audio_invalid, video_invalid,
 *   font_invalid, timing_invalid.
 */
export async function inspectMedia(file: string, name: string, expected?: Kind): Promise<InspectedMedia> {
  const sniffed = await sniffAsset(file, name);
  const kind = await kindOf(file, sniffed, expected);
  if (expected !== undefined && kind !== expected) {
    const detail = `"${name}" is used as ${expected}, but it is ${sniffed.contentType}.`;
    throw new AuraError(invalidCodes[expected], detail);
  }
  return await inspectors[kind]({ file, name, contentType: sniffed.contentType });
}

/** An MP4 or WebM may hold nothing but sound. */
async function kindOf(
  file: string,
  { kind, contentType }: SniffedAsset,
  expected: Kind | undefined,
): Promise<Kind> {
  if (expected === 'video' && contentType === 'image/gif') return 'video';
  if (kind !== 'video' || expected === 'video') return kind;
  return expected === 'audio' || !(await hasPictures(file)) ? 'audio' : 'video';
}

const invalidCodes = {
  picture: 'picture_invalid',
  audio: 'audio_invalid',
  video: 'video_invalid',
  font: 'font_invalid',
  timing: 'timing_invalid',
} as const satisfies Record<Kind, ErrorCode>;

interface Candidate {
  readonly file: string;
  readonly name: string;
  readonly contentType: string;
}

const inspectors: Readonly<Record<Kind, (candidate: Candidate) => Promise<InspectedMedia>>> = {
  async picture({ file, name }) {
    const { contentType, width, height, durationSeconds } = await inspectPicture(file, name);
    return {
      kind: 'picture',
      contentType,
      width,
      height,
      ...(durationSeconds !== undefined && { durationSeconds }),
    };
  },
  async audio({ file, name, contentType }) {
    const { durationSeconds } = await probeAudio(file, name);
    return { kind: 'audio', contentType: contentType.replace('video/', 'audio/'), durationSeconds };
  },
  async video({ file, name, contentType }) {
    const { width, height, durationSeconds } = await probeVideo(file, name);
    return { kind: 'video', contentType, width, height, durationSeconds };
  },
  async font({ file, name, contentType }) {
    await inspectFont(file, name);
    return { kind: 'font', contentType };
  },
  async timing({ file, name, contentType }) {
    await inspectTiming(file, name);
    return { kind: 'timing', contentType };
  },
};
