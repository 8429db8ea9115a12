import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Voice, VoiceInfo } from '../../protocol/index.ts';
import { aura } from '../aura.ts';
import type { VoiceChoice as Chosen } from './choices.ts';

interface VoiceChoiceProps {
  /** As the video would now have it. */
  readonly voice: Voice;
  /** BCP 47, of the script. */
  readonly language: string;
  onChange(value: Chosen): void;
}

export function VoiceChoice({ voice, language, onChange }: VoiceChoiceProps) {
  const voices = useQuery({
    queryKey: ['voices'],
    queryFn: ({ signal }) => aura.voices({ signal }),
    staleTime: Infinity,
  });
  const known = voices.data ?? [];
  const choose = (value: string | null) => {
    const info = known.find((candidate) => candidate.name === value);
    onChange(info === undefined ? byLanguage : { provider: voice.provider, name: info.name });
  };
  return (
    <Select
      label="Voice"
      labelProps={{ mb: 6 }}
      searchable
      allowDeselect={false}
      nothingFoundMessage="No such voice"
      error={voices.isError ? 'The list of voices could not be loaded.' : undefined}
      limit={200}
      maxDropdownHeight={320}
      checkIconPosition="right"
      data={options({ known, named: voice.name, language })}
      value={voice.name ?? byLanguage}
      onChange={choose}
    />
  );
}

const byLanguage = 'by-language' satisfies Chosen;

interface Known {
  readonly known: readonly VoiceInfo[];
  readonly named: string | undefined;
  readonly language: string;
}

function options({ known, named, language }: Known) {
  const listed = known.map(({ name, label }) => ({ value: name, label }));
  // A voice the script names stays visible even when this server has no such voice: the server says so then.
  const unlisted = named !== undefined && !known.some(({ name }) => name === named);
  return [
    { value: byLanguage, label: `By language: ${languageName(language)}` },
    ...(unlisted ? [{ value: named, label: named }] : []),
    ...listed,
  ];
}

function languageName(language: string): string {
  return new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(language) ?? language;
}
