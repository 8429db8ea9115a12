import { probeAudio } from '../media/index.ts';
import { inspectPicture, sniffAsset } from '../pictures/index.ts';
import { type Asset, AuraError } from '../protocol/index.ts';
import type { InspectedMedia } from './inspected-media.ts';

/**
 * Finds out what a stranger's file is by its content and opens all of it. Decodes, so it belongs in a child process.
 *
 * @param name what people call the file, for errors.
 * @param expected what it is going to be used as, where that is known.
 * @throws {AuraError} asset_empty, asset_unsupported, picture_invalid, audio_invalid.
 */
export async function inspectMedia(
  file: string,
  name: string,
  expected?: Asset['kind'],
): Promise<InspectedMedia> {
  const { kind, contentType } = await sniffAsset(file, name);
  if (kind === 'video') {
    const { durationSeconds } = await probeAudio(file, name);
    return { kind: 'audio', contentType: contentType.replace('video/', 'audio/'), durationSeconds };
  }
  if (expected !== undefined && kind !== expected) {
    const code = expected === 'picture' ? 'picture_invalid' : 'audio_invalid';
    throw new AuraError(code, `"${name}" is used as ${expected}, but it is ${contentType}.`);
  }
  if (kind === 'picture') {
    const { frameCount: _frameCount, ...picture } = await inspectPicture(file, name);
    return { kind, ...picture };
  }
  const { durationSeconds } = await probeAudio(file, name);
  return { kind, contentType, durationSeconds };
}
