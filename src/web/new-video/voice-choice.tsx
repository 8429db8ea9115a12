import { Select } from '@mantine/core';
import type { Voice, VoiceInfo } from '../../protocol/index.ts';
import type { VoiceChoice as Chosen } from './choices.ts';
import { findVoice, useVoices, voiceMistake } from './use-voices.ts';

interface VoiceChoiceProps {
  /** As the video would now have it. */
  readonly voice: Voice;
  /** BCP 47, of the script. */
  readonly language: string;
  onChange(value: Chosen): void;
}

export function VoiceChoice({ voice, language, onChange }: VoiceChoiceProps) {
  const { voices = [], hasFailed } = useVoices();
  const choose = (value: string | null) => {
    const info = voices.find((candidate) => candidate.name === value);
    onChange(info === undefined ? byLanguage : { provider: voice.provider, name: info.name });
  };
  const mistake = voices.length === 0 ? undefined : voiceMistake(voices, voice.name);
  return (
    <Select
      label="Voice"
      labelProps={{ mb: 6 }}
      searchable
      allowDeselect={false}
      nothingFoundMessage="No such voice"
      error={hasFailed ? 'The list of voices could not be loaded.' : mistake}
      limit={200}
      maxDropdownHeight={320}
      checkIconPosition="right"
      data={options({ voices, named: voice.name, language })}
      value={selected(voices, voice.name)}
      onChange={choose}
    />
  );
}

const byLanguage = 'by-language' satisfies Chosen;

function selected(voices: readonly VoiceInfo[], named: string | undefined): string {
  if (named === undefined) return byLanguage;
  return findVoice(voices, named)?.name ?? named;
}

interface Offer {
  readonly voices: readonly VoiceInfo[];
  readonly named: string | undefined;
  readonly language: string;
}

/** A voice the script names stays visible even where the server has none of that name. */
function options({ voices, named, language }: Offer) {
  const isUnlisted = named !== undefined && findVoice(voices, named) === undefined;
  return [
    { value: byLanguage, label: `By language: ${languageName(language)}` },
    ...(isUnlisted ? [{ value: named, label: named }] : []),
    ...voices.map(({ name, label }) => ({ value: name, label })),
  ];
}

function languageName(language: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(language) ?? language;
  } catch {
    // Well formed for a composition, but not a tag the browser takes.
    return language;
  }
}
