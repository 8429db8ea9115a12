import { sampleRate } from '../timeline/timeline.ts';
import { cellSamples, curveLength, decibelsToGain, type GainCurve } from './gain-curve.ts';

/** Where somebody speaks, in samples at 48 kHz: from the first to just after the last. */
export interface SpeechInterval {
  readonly startSample: number;
  readonly endSample: number;
}

/** How the music moves in time. What is absent is as in {@link usualMotion}. */
export interface MusicMotion {
  /** From silence at the beginning of the programme, in seconds. */
  readonly fadeInSeconds?: number | undefined;
  /** To silence at the end of the programme, or of the music if that is earlier, in seconds. */
  readonly fadeOutSeconds?: number | undefined;
  /** How long it takes to go down; it is down when the voice begins. */
  readonly duckingAttackSeconds?: number | undefined;
  /** How long it takes to come back, a quarter of a second after the voice has ended. */
  readonly duckingReleaseSeconds?: number | undefined;
}

export interface MusicLevel extends MusicMotion {
  readonly sampleCount: number;
  /** Where the music ends, at most `sampleCount`. */
  readonly endSample: number;
  readonly speech: readonly SpeechInterval[];
  /** Level where nobody speaks, in dB. */
  readonly gainDb: number;
  /** Further change under the voice, in dB, 0 or less. */
  readonly duckingDb: number;
}

export const usualMotion = {
  fadeInSeconds: 0.5,
  fadeOutSeconds: 2,
  duckingAttackSeconds: 0.3,
  duckingReleaseSeconds: 0.8,
} as const satisfies MusicMotion;

/**
 * The music's level over the whole programme: it is down when a voice begins and comes back once it has ended, and
 * fades in and out at the ends. Made from the known times of the speech, so it never reacts late.
 */
export function musicLevelCurve(level: MusicLevel): GainCurve {
  const depth = duckingDepth(level);
  return depth.map((amount, cell) => {
    const fade = fadeGain(level, cell * cellSamples);
    return fade === 0 ? 0 : fade * decibelsToGain(level.gainDb + amount * level.duckingDb);
  });
}

const holdSamples = 0.25 * sampleRate;
/** No change of level is faster: it would click. */
const fastestSeconds = 0.01;

/** 0 where the music is at its own level, 1 where it is fully down; ramps are straight in decibels. */
function duckingDepth(level: MusicLevel): Float32Array {
  const attack = samples(level.duckingAttackSeconds ?? usualMotion.duckingAttackSeconds);
  const releasing = samples(level.duckingReleaseSeconds ?? usualMotion.duckingReleaseSeconds);
  const depth = new Float32Array(curveLength(level.sampleCount));
  for (const { startSample, endSample } of level.speech) {
    const release = endSample + holdSamples;
    const first = Math.max(0, Math.floor((startSample - attack) / cellSamples));
    const last = Math.min(depth.length - 1, Math.ceil((release + releasing) / cellSamples));
    for (let cell = first; cell <= last; cell += 1) {
      const position = cell * cellSamples;
      const rising = 1 - (startSample - position) / attack;
      const falling = 1 - (position - release) / releasing;
      depth[cell] = Math.max(depth[cell] ?? 0, Math.min(1, rising, falling));
    }
  }
  return depth;
}

function samples(seconds: number): number {
  return Math.max(fastestSeconds, seconds) * sampleRate;
}

function fadeGain({ fadeInSeconds, fadeOutSeconds, endSample }: MusicLevel, position: number): number {
  const intro = Math.min(samples(fadeInSeconds ?? usualMotion.fadeInSeconds), endSample / 2);
  const outro = Math.min(samples(fadeOutSeconds ?? usualMotion.fadeOutSeconds), endSample / 2);
  return Math.max(0, Math.min(1, position / intro, (endSample - position) / outro));
}
