import { AuraError } from '../protocol/index.ts';
import type { Container } from '../protocol/output.ts';
import { readMp4Boxes } from './mp4-boxes.ts';
import { readWebmSegment, webmIds } from './webm-elements.ts';

/**
 * Checks the outline of a finished file: nothing is cut off, and the index comes before the data, so that playing can
 * start before all of it has arrived.
 *
 * @throws {AuraError} verification_failed; {Error} when the file is cut off.
 */
export async function verifyContainer(file: string, container: Container): Promise<void> {
  if (await isIndexFirst[container](file)) return;
  throw new AuraError('verification_failed', 'The order of index and data is not what was asked for.');
}

const isIndexFirst = { mp4: isMp4IndexFirst, webm: isWebmIndexFirst } as const;

async function isMp4IndexFirst(file: string): Promise<boolean> {
  const types = (await readMp4Boxes(file)).map(({ type }) => type);
  return isBefore(types, 'moov', 'mdat');
}

async function isWebmIndexFirst(file: string): Promise<boolean> {
  const ids = (await readWebmSegment(file)).elements.map(({ id }) => id);
  return isBefore(ids, webmIds.tracks, webmIds.cluster) && isBefore(ids, webmIds.cues, webmIds.cluster);
}

function isBefore<T>(list: readonly T[], one: T, other: T): boolean {
  return list.includes(one) && list.indexOf(one) < list.indexOf(other);
}
