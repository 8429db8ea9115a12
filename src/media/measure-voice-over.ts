import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import { failingAs } from './ffmpeg.ts';
import type { AudioSource } from './sound-frames.ts';
import { type SpeechSpan, speechIntervals } from './speech-intervals.ts';

export interface MeasuredRecording {
  readonly durationSeconds: number;
  /** Where somebody speaks, in order: pauses between words are part of it, longer ones are not. */
  readonly speech: readonly SpeechSpan[];
}

/**
 * Listens to a recorded voice. The same file always gives the same result.
 *
 * @throws {AuraError} audio_invalid
 */
export function measureVoiceOver(source: AudioSource): Promise<MeasuredRecording> {
  return failingAs({ code: 'audio_invalid', signal: source.signal }, async () => {
    const meter = createWindowMeter();
    let samples = 0;
    for await (const block of decodeAudio({ ...source, channels: 1 })) {
      meter.push(block);
      samples += block.length;
    }
    const durationSeconds = samples / sampleRate;
    const speech = speechIntervals(meter.levels(), windowSamples / sampleRate);
    const within = (seconds: number) => Math.min(seconds, durationSeconds);
    return {
      durationSeconds,
      speech: speech.map(({ startSeconds, endSeconds }) => ({
        startSeconds,
        endSeconds: within(endSeconds),
      })),
    };
  });
}

/** 10 ms. */
const windowSamples = 0.01 * sampleRate;

interface WindowMeter {
  push(block: Float32Array): void;
  /** Root mean square of each window, in dB of full scale. */
  levels(): Float32Array;
}

function createWindowMeter(): WindowMeter {
  const levels: number[] = [];
  const [first, second] = [
    { input: 0, output: 0 },
    { input: 0, output: 0 },
  ];
  let energy = 0;
  let count = 0;
  const finish = () => {
    levels.push(10 * Math.log10(Math.max(energy / Math.max(1, count), 1e-12)));
    energy = 0;
    count = 0;
  };
  return {
    push: (block) => {
      for (let index = 0; index < block.length; index += 1) {
        const sample = withoutRumble(second, withoutRumble(first, block[index] ?? 0));
        energy += sample * sample;
        count += 1;
        if (count === windowSamples) finish();
      }
    },
    levels: () => {
      if (count > 0) finish();
      return Float32Array.from(levels);
    },
  };
}

/** A high pass: hum and rumble are no speech. */
function withoutRumble(state: { input: number; output: number }, sample: number): number {
  state.output = rumbleShare * (state.output + sample - state.input);
  state.input = sample;
  return state.output;
}

const rumbleHz = 150;
const rumbleShare = Math.exp((-2 * Math.PI * rumbleHz) / sampleRate);
