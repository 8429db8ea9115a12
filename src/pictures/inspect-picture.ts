import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { decodePicture } from './decode-picture.ts';
import { sniffAsset } from './sniff-asset.ts';

export interface InspectedPicture {
  readonly contentType: string;
  /** In pixels, as it is shown: turned as its EXIF data asks. */
  readonly width: number;
  readonly height: number;
}

/**
 * Proves that a file is a whole picture by decoding all of it, which belongs in a child process.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} asset_empty, asset_unsupported, picture_invalid.
 */
export async function inspectPicture(file: string, name = basename(file)): Promise<InspectedPicture> {
  const { contentType } = await sniffAsset(file, name);
  const { width, height } = await decodePicture(await readFile(file), name);
  return { contentType, width, height };
}
