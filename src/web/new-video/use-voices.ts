import { useQuery } from '@tanstack/react-query';
import type { VoiceInfo } from '../../protocol/index.ts';
import { aura } from '../aura.ts';

/** The server's voices; undefined until they have arrived. */
export function useVoices(): {
  readonly voices: readonly VoiceInfo[] | undefined;
  readonly hasFailed: boolean;
} {
  const query = useQuery({
    queryKey: ['voices'],
    queryFn: ({ signal }) => aura.voices({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { voices: query.data, hasFailed: query.isError };
}

/** The voice a script means: by name or by label, upper and lower case being the same, as on the server. */
export function findVoice(voices: readonly VoiceInfo[], wanted: string): VoiceInfo | undefined {
  const name = wanted.trim().toLowerCase();
  return voices.find((voice) => voice.name.toLowerCase() === name || voice.label.toLowerCase() === name);
}

/** Undefined when the voice can speak, or when that is not known here. */
export function voiceMistake(
  voices: readonly VoiceInfo[] | undefined,
  name: string | undefined,
): string | undefined {
  if (voices === undefined || name === undefined || findVoice(voices, name) !== undefined) return undefined;
  return `There is no voice “${name}”. Choose another.`;
}
