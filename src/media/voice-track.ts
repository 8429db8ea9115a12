import { AuraError } from '../protocol/index.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import type { SpeechInterval } from './ducking.ts';
import { decibelsToGain, scale } from './gain-curve.ts';
import { addAt, type PcmFile, spans } from './pcm-file.ts';
import { createLevelMeter, type ProgrammeLevels } from './programme-levels.ts';
import type { Progress } from './progress.ts';
import { regroup } from './regroup.ts';
import type { SpeechSpan } from './speech-intervals.ts';

export interface Narration {
  /** Any supported sound file; mixed down to mono. */
  readonly file: string;
  /** Where its first sample is heard, in samples at 48 kHz from the start of the programme. */
  readonly startSample: number;
  /** Change of its level, in dB; 0 when absent. */
  readonly gainDb?: number | undefined;
  /** Where somebody speaks in it, in seconds from its start: there the music goes down. All of it when absent. */
  readonly speech?: readonly SpeechSpan[] | undefined;
}

interface VoiceRequest {
  readonly narration: readonly Narration[];
  /** Silent, mono, as long as the programme. */
  readonly voice: PcmFile;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: Progress;
}

/** Writes every narration to its place; where two overlap, both are heard. */
export async function layVoice(request: VoiceRequest): Promise<readonly SpeechInterval[]> {
  const speech: SpeechInterval[] = [];
  for (const [index, narration] of request.narration.entries()) {
    const whole = await layNarration(narration, request);
    speech.push(...spokenParts(narration, whole));
    request.onProgress((index + 1) / request.narration.length);
  }
  return speech;
}

async function layNarration(narration: Narration, { voice, signal }: VoiceRequest): Promise<SpeechInterval> {
  const { file, startSample, gainDb = 0 } = narration;
  const gain = decibelsToGain(gainDb);
  let position = startSample;
  for await (const block of regroup(decodeAudio({ file, channels: 1, signal }), sampleRate)) {
    scale(block, gain);
    if (position >= 0) addAt(voice, position, block);
    position += block.length;
  }
  if (position === startSample) throw new AuraError('mix_failed', `The narration ${file} is empty.`);
  if (startSample < 0 || position > voice.sampleCount + toleratedOverrun) {
    const where = `${startSample} to ${position}, outside the programme's ${voice.sampleCount} samples`;
    throw new AuraError('mix_failed', `The narration ${file} lies at samples ${where}.`);
  }
  return { startSample, endSample: position };
}

/** The resampler's rounding at the very end, 10 ms at most, may be cut off; speech may not. */
const toleratedOverrun = 480;

function spokenParts({ speech }: Narration, whole: SpeechInterval): SpeechInterval[] {
  const sampleAt = (seconds: number) => whole.startSample + Math.round(seconds * sampleRate);
  const parts = speech?.map(({ startSeconds, endSeconds }) => ({
    startSample: sampleAt(startSeconds),
    endSample: Math.min(whole.endSample, sampleAt(endSeconds)),
  }));
  return parts ?? [whole];
}

/** Listens to the voice, which is heard from both sides. */
export async function listenToVoice(
  voice: PcmFile,
  { signal, onProgress }: { readonly signal: AbortSignal | undefined; readonly onProgress?: Progress },
): Promise<ProgrammeLevels> {
  const meter = createLevelMeter(voice.sampleCount, { channels: voice.channels });
  const buffer = new Float32Array(sampleRate * voice.channels);
  for await (const { startSample, count } of spans(voice.sampleCount, signal)) {
    const block = buffer.subarray(0, count * voice.channels);
    voice.read(startSample, block);
    meter.push(block);
    onProgress?.((startSample + count) / voice.sampleCount);
  }
  return meter.levels;
}
