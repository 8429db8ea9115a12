import { useMemo, useState } from 'react';
import { referencedFiles } from '../../script/index.ts';
import { useDraft } from './draft.tsx';
import { addFiles, type LocalFile, type RefusedFile, readDropped } from './local-file.ts';
import { matchFiles } from './match-files.ts';

/** The dropped files, matched with what the script names, and what can be done with them. */
export function useMedia(script: string) {
  const { files, setFiles, setScript } = useDraft();
  const references = useMemo(() => referencedFiles(script), [script]);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);

  const take = async (dropped: readonly File[]) => {
    const read = await readDropped(dropped);
    if (read.script !== undefined) setScript(read.script);
    setFiles((existing) => addFiles(existing, read.files));
    setRefused(read.refused);
  };
  const remove = (file: LocalFile) => setFiles((existing) => existing.filter((other) => other !== file));

  return { ...matchFiles(references, files), refused, take, remove };
}

export type Media = ReturnType<typeof useMedia>;
