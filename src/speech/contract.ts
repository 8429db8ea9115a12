import type { Voice, VoiceInfo, WordTime } from '../protocol/index.ts';

export interface SpeechRequest {
  readonly text: string;
  /** BCP 47; decides the voice when the request names none. */
  readonly language: string;
  readonly voice: Voice;
}

export interface Speech {
  /** Hz. */
  readonly sampleRate: number;
  /** Mono, -1 to 1. */
  readonly samples: Float32Array;
  /** In spoken order; every visible word of the text is covered. */
  readonly words: readonly WordTime[];
}

/** An engine that turns text into sound and word times. */
export interface SpeechProvider {
  readonly name: Voice['provider'];
  /** Changes whenever the same request may sound different: part of the key under which speech is stored. */
  readonly version: string;
  /** All voices it has, for people to choose from. */
  voices(): Promise<readonly VoiceInfo[]>;
  /** @throws {AuraError} voice_unknown, narration_failed (also for speech that came out empty or silent). */
  speak(request: SpeechRequest, signal?: AbortSignal): Promise<Speech>;
}
