import { sampleRate } from '../timeline/timeline.ts';
import { cellSamples, curveLength, decibelsToGain, type GainCurve } from './gain-curve.ts';

/** Where somebody speaks, in samples at 48 kHz: from the first to just after the last. */
export interface SpeechInterval {
  readonly startSample: number;
  readonly endSample: number;
}

export interface MusicLevel {
  readonly sampleCount: number;
  readonly speech: readonly SpeechInterval[];
  /** Level where nobody speaks, in dB. */
  readonly gainDb: number;
  /** Further change under the voice, in dB, 0 or less. */
  readonly duckingDb: number;
}

/**
 * The music's level over the whole programme: it is down when a voice begins and comes back once it has ended, and
 * fades in and out at the ends. Made from the known times of the speech, so it never reacts late.
 */
export function musicLevelCurve({ sampleCount, speech, gainDb, duckingDb }: MusicLevel): GainCurve {
  const depth = duckingDepth(sampleCount, speech);
  return depth.map((amount, cell) => {
    const fade = fadeGain(cell * cellSamples, sampleCount);
    return fade * decibelsToGain(gainDb + amount * duckingDb);
  });
}

const attackSamples = 0.3 * sampleRate;
const holdSamples = 0.25 * sampleRate;
const releaseSamples = 0.8 * sampleRate;
const fadeInSamples = 0.5 * sampleRate;
const fadeOutSamples = 2 * sampleRate;

/** 0 where the music is at its own level, 1 where it is fully down; ramps are straight in decibels. */
function duckingDepth(sampleCount: number, speech: readonly SpeechInterval[]): Float32Array {
  const depth = new Float32Array(curveLength(sampleCount));
  for (const { startSample, endSample } of speech) {
    const release = endSample + holdSamples;
    const first = Math.max(0, Math.floor((startSample - attackSamples) / cellSamples));
    const last = Math.min(depth.length - 1, Math.ceil((release + releaseSamples) / cellSamples));
    for (let cell = first; cell <= last; cell += 1) {
      const position = cell * cellSamples;
      const rising = 1 - (startSample - position) / attackSamples;
      const falling = 1 - (position - release) / releaseSamples;
      depth[cell] = Math.max(depth[cell] ?? 0, Math.min(1, rising, falling));
    }
  }
  return depth;
}

function fadeGain(position: number, sampleCount: number): number {
  const intro = Math.min(fadeInSamples, sampleCount / 2);
  const outro = Math.min(fadeOutSamples, sampleCount / 2);
  return Math.max(0, Math.min(1, position / intro, (sampleCount - position) / outro));
}
