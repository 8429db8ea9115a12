import { readFile, stat } from 'node:fs/promises';
import { AuraError, limits } from '../protocol/index.ts';
import { parseTimingFile } from '../timeline/timing-file.ts';

/**
 * Proves that a file says when words are spoken.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} timing_invalid with the line or entry; asset_too_large.
 */
export async function inspectTiming(file: string, name: string): Promise<void> {
  const { size } = await stat(file);
  if (size > limits.timingBytes) {
    const most = `a timing file may have ${limits.timingBytes}`;
    throw new AuraError('asset_too_large', `"${name}" has ${size} bytes; ${most}.`);
  }
  try {
    parseTimingFile(await readFile(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof AuraError)) throw error;
    const { place } = error;
    throw new AuraError(error.code, `"${name}": ${error.message}`, { ...(place && { place }), cause: error });
  }
}
