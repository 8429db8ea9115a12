/** The parts of the package that Aura uses; it brings no types of its own. */
declare module '@echogarden/espeak-ng-emscripten' {
  export interface EspeakEvent {
    readonly type:
      | 'sentence'
      | 'word'
      | 'phoneme'
      | 'end'
      | 'mark'
      | 'play'
      | 'samplerate'
      | 'msg_terminated';
    /** Milliseconds from the start of the sound. */
    readonly audio_position: number;
    /** In code points of the text, counted from 1. */
    readonly text_position: number;
    /** A phoneme's name (empty for a pause, `(xx)` for a change of language), or a word's number. */
    readonly id: string | number | undefined;
  }

  export interface EspeakVoice {
    readonly name: string;
    readonly identifier: string;
    readonly languages: readonly { readonly priority: number; readonly name: string }[];
  }

  export interface EspeakWorker {
    list_voices(): EspeakVoice[];
    /** 0 when the voice exists. */
    set_voice(identifier: string): number;
    /** Words per minute. */
    set_rate(wordsPerMinute: number): number;
    /** The text is always read as SSML. Returning true ends the synthesis. */
    synthesize(ssml: string, onPiece: (samples: Int16Array, events: EspeakEvent[]) => boolean): void;
  }

  export interface EspeakModule {
    readonly eSpeakNGWorker: new () => EspeakWorker;
    /** All of the engine's memory; another object when it has grown. */
    readonly HEAPU8: Uint8Array;
  }

  const load: () => Promise<EspeakModule>;
  export default load;
}
