import type { Background, Composition, Picture, Scene, ThemeName, WordTime } from '../protocol/index.ts';

/** What speaking one passage measured. */
export interface MeasuredSpeech {
  readonly durationSeconds: number;
  readonly words: readonly WordTime[];
}

/** A piece of caption shown at one time: in the picture, in SRT and in VTT alike. Times are scene-relative. */
export interface Cue {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** In order, covering `text`; a word's range is in the cue's text. */
  readonly words: readonly WordTime[];
}

export interface TimelinePoint {
  readonly text: string;
  /** When it appears, in seconds from the scene's start. */
  readonly revealSeconds: number;
}

/** Where one passage's sound begins. */
export interface PlacedSpeech {
  readonly sceneIndex: number;
  readonly passageIndex: number;
  /** In samples at 48 kHz from the start of the video. */
  readonly startSample: number;
}

export interface TimelineScene {
  readonly index: number;
  readonly id: string;
  readonly layout: Scene['layout'];
  readonly heading?: string;
  readonly points: readonly TimelinePoint[];
  readonly picture?: Picture;
  readonly background?: Background;
  /** Which way a picture with Ken Burns motion goes, 0 to 3; 0 when absent. */
  readonly panDirection?: number;
  /** First frame of the scene, where its transition in begins. */
  readonly startFrame: number;
  readonly frameCount: number;
  /** While it runs, the scene before is drawn underneath and goes on moving. Never on the first scene. */
  readonly transition: { readonly kind: 'cut' | 'fade'; readonly frameCount: number };
  readonly cues: readonly Cue[];
}

/** A composition with every time known: everything `drawFrame` needs but the decoded pictures. Plain JSON. */
export interface Timeline {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frameCount: number;
  readonly language: string;
  readonly theme: ThemeName;
  readonly captionStyle: Composition['captions']['style'];
  readonly scenes: readonly TimelineScene[];
  readonly speech: readonly PlacedSpeech[];
}

/** Sample rate of everything that is mixed, in Hz. */
export const sampleRate = 48_000;
