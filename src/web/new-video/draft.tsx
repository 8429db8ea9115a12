import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useState } from 'react';
import type { Choices } from './choices.ts';
import type { LocalFile } from './local-file.ts';
import { readStoredDraft, storeDraft } from './stored-draft.ts';

/** What the reader is working on. It outlives a visit to another page and, but for the files, a reload. */
export interface Draft {
  readonly script: string;
  readonly choices: Choices;
  readonly files: readonly LocalFile[];
  setScript(script: string): void;
  setChoices(choices: Choices): void;
  setFiles(change: (files: readonly LocalFile[]) => readonly LocalFile[]): void;
}

const DraftContext = createContext<Draft | undefined>(undefined);

export function DraftProvider({ children }: PropsWithChildren) {
  const [stored] = useState(readStoredDraft);
  const [script, setScript] = useState(stored.script);
  const [choices, setChoices] = useState<Choices>(stored.choices);
  const [files, setFiles] = useState<readonly LocalFile[]>([]);
  useEffect(() => storeDraft({ script, choices }), [script, choices]);
  const draft = useMemo(
    () => ({ script, choices, files, setScript, setChoices, setFiles }),
    [script, choices, files],
  );
  return <DraftContext value={draft}>{children}</DraftContext>;
}

export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (draft === undefined) throw new Error('useDraft needs a DraftProvider above it');
  return draft;
}
