import type {
  Background,
  Brand,
  Captions,
  Chart,
  Clip,
  Picture,
  Quote,
  Scene,
  Table,
  TextMotion,
  ThemeName,
  Transition,
  WordTime,
} from '../protocol/index.ts';

/** What speaking one passage measured. */
export interface MeasuredSpeech {
  readonly durationSeconds: number;
  readonly words: readonly WordTime[];
}

/** What a recorded voice was found to say, passage by passage of its scene. */
export interface MeasuredVoiceOver {
  /** Of the whole recording. */
  readonly durationSeconds: number;
  /** Where somebody speaks in it, in seconds from its start. */
  readonly speech: readonly { readonly startSeconds: number; readonly endSeconds: number }[];
  /** Times of words are from the passage's start, that from the recording's. */
  readonly passages: readonly (MeasuredSpeech & { readonly startSeconds: number })[];
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

/** A clip with its end known. */
export interface TimelineClip extends Clip {
  /** Where in the file it ends, in seconds: never past the file's end. */
  readonly endSeconds: number;
}

/** One of the pictures of a split or a grid. */
export interface TimelinePicture extends Picture {
  /** How long one round of it plays, over and over, in seconds; absent for one that stands still. */
  readonly loopSeconds?: number;
}

/** What a piece of source code is, for its colour. */
export const codeTokenKinds = [
  'plain',
  'keyword',
  'string',
  'constant',
  'function',
  'parameter',
  'comment',
  'punctuation',
  'link',
] as const;
export type CodeTokenKind = (typeof codeTokenKinds)[number];

export interface CodeToken {
  readonly text: string;
  readonly kind: CodeTokenKind;
}

export type CodeLine = readonly CodeToken[];

export interface TimelineCode {
  readonly lines: readonly CodeLine[];
  /** In order of time; lines from 1, both ends included. Before the first, all lines are lit alike. */
  readonly focus: readonly { readonly from: number; readonly to: number; readonly startSeconds: number }[];
}

/** Where one passage's sound begins. */
export interface PlacedSpeech {
  readonly sceneIndex: number;
  readonly passageIndex: number;
  /** In samples at 48 kHz from the start of the video. */
  readonly startSample: number;
}

/** Where a scene's recorded voice begins, or the sound of its clip; in samples at 48 kHz from the start of the video. */
export interface PlacedSound {
  readonly sceneIndex: number;
  readonly startSample: number;
  /** How long it can be heard at most. */
  readonly sampleCount: number;
}

export interface TimelineTransition extends Omit<Transition, 'durationSeconds'> {
  readonly frameCount: number;
}

export interface TimelineScene {
  readonly index: number;
  readonly id: string;
  readonly layout: Scene['layout'];
  readonly heading?: string;
  readonly points: readonly TimelinePoint[];
  readonly picture?: Picture;
  readonly clip?: TimelineClip;
  /** Of a split or a grid. */
  readonly pictures: readonly TimelinePicture[];
  readonly quote?: Quote;
  readonly code?: TimelineCode;
  readonly table?: Table;
  readonly chart?: Chart;
  readonly background?: Background;
  readonly textMotion: TextMotion;
  /** Which way a picture with Ken Burns motion goes, 0 to 3; 0 when absent. */
  readonly panDirection?: number;
  /** First frame of the scene, where its transition in begins. */
  readonly startFrame: number;
  readonly frameCount: number;
  /** While it runs, the scene before is drawn underneath and goes on moving. Never on the first scene. */
  readonly transition: TimelineTransition;
  readonly cues: readonly Cue[];
}

/** A composition with every time known: everything `drawFrame` needs but the decoded pictures. Plain JSON. */
export interface Timeline {
  readonly width: number;
  readonly height: number;
  /** One of `frameRates`: 29.97 stands for 30000/1001. */
  readonly fps: number;
  readonly frameCount: number;
  readonly language: string;
  readonly theme: ThemeName;
  readonly brand?: Brand;
  readonly captions: Captions;
  readonly scenes: readonly TimelineScene[];
  readonly speech: readonly PlacedSpeech[];
  readonly voiceOvers: readonly PlacedSound[];
  readonly clipSounds: readonly PlacedSound[];
}

/** Sample rate of everything that is mixed, in Hz. */
export const sampleRate = 48_000;
