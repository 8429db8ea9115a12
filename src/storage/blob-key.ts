import { join } from 'node:path';

const pattern = /^(?<kind>[a-z]+)\/(?<name>[0-9a-z][0-9a-z-]*(?:\.[a-z0-9]+)?)$/;

/** Longest file name that every usual file system takes, less room for the sidecar's ending. */
const longestName = 200;

/**
 * Where a blob lies on a disk: `<kind>/<first two characters>/<name>`, so that no folder grows without end.
 *
 * @throws {RangeError} for anything but `<kind>/<name>[.<extension>]`; so no key can name a path outside the store.
 */
export function blobFile(root: string, key: string): string {
  const groups = pattern.exec(key)?.groups;
  const kind = groups?.['kind'];
  const name = groups?.['name'];
  if (kind === undefined || name === undefined || name.length > longestName) {
    throw new RangeError(
      `${JSON.stringify(key.slice(0, 300))} is not a storage key such as speech/0a1b2c.wav`,
    );
  }
  return join(root, kind, name.slice(0, 2), name);
}

/** A key has one dot at most, so a sidecar's name is never a blob's. */
export function sidecarFile(blob: string): string {
  return `${blob}.meta.json`;
}
