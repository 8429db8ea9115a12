import type { SourceReference } from '../../script/index.ts';
import type { LocalFile } from './local-file.ts';

export interface FileMatch extends SourceReference {
  /** Undefined while nobody has dropped it. */
  readonly file: LocalFile | undefined;
}

/** Which dropped file stands for which name in the script, and which files the script does not use. Pure. */
export function matchFiles(references: readonly SourceReference[], files: readonly LocalFile[]) {
  const matches: FileMatch[] = references.map(({ source, kind }) => ({
    source,
    kind,
    file: files.find((file) => file.kind === kind && isSameFile(source, file.name)),
  }));
  const used = new Set(matches.map((match) => match.file));
  return {
    matches,
    missing: matches.filter((match) => match.file === undefined).map((match) => match.source),
    unused: files.filter((file) => !used.has(file)),
  };
}

/** A script may write `pictures/sea.jpg` where a drop only knows `sea.jpg`. */
function isSameFile(source: string, fileName: string): boolean {
  const last = source.split(/[\\/]/).at(-1) ?? source;
  return last.normalize().toLowerCase() === fileName.normalize().toLowerCase();
}
