import {
  type AspectName,
  aspectNames,
  aspects,
  type Composition,
  type ThemeName,
  type Video,
  type Voice,
  withOutput,
} from '../../protocol/index.ts';

/** `by-language` is the default voice of the script's language, even where the script names another. */
export type VoiceChoice = 'by-language' | (Pick<Voice, 'provider'> & { readonly name: string });

/** What the reader set in the page. Absent: as the script says. */
export interface Choices {
  readonly aspect?: AspectName | undefined;
  readonly theme?: ThemeName | undefined;
  readonly voice?: VoiceChoice | undefined;
}

/** The composition as the page shows it: the script's, with every choice made in the page laid over it. */
export function withChoices(composition: Composition, choices: Choices): Composition {
  const sized =
    choices.aspect === undefined ? composition : withOutput(composition, { aspect: choices.aspect });
  return {
    ...sized,
    theme: choices.theme ?? composition.theme,
    voice: choices.voice === undefined ? composition.voice : withVoice(composition.voice, choices.voice),
  };
}

function withVoice(voice: Voice, choice: VoiceChoice): Voice {
  const { name: _scripted, ...unnamed } = voice;
  return choice === 'by-language' ? unnamed : { ...unnamed, ...choice };
}

/** The named shape a video has; undefined for one of its own. */
export function aspectOf(video: Pick<Video, 'width' | 'height'>): AspectName | undefined {
  return aspectNames.find(
    (name) => video.width * aspects[name].height === video.height * aspects[name].width,
  );
}
