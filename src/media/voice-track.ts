import { AuraError } from '../protocol/index.ts';
import { decodeAudio } from './decode-audio.ts';
import type { SpeechInterval } from './ducking.ts';
import { createLoudnessMeter } from './loudness.ts';
import type { Narration } from './mix-audio.ts';
import { type PcmFile, spans } from './pcm-file.ts';
import type { Progress } from './progress.ts';
import { addTo, monoToStereo } from './stereo.ts';

interface VoiceRequest {
  readonly narration: readonly Narration[];
  /** Silent, mono, as long as the programme. */
  readonly voice: PcmFile;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: Progress;
}

/** Writes every narration to its place; where two overlap, both are heard. */
export async function layVoice(
  request: VoiceRequest,
): Promise<{ speech: readonly SpeechInterval[]; voiceLufs: number }> {
  const speech: SpeechInterval[] = [];
  for (const narration of request.narration) {
    speech.push(await layNarration(narration, request));
    request.onProgress(speech.length / request.narration.length);
  }
  return { speech, voiceLufs: await measureVoice(request) };
}

async function layNarration(narration: Narration, { voice, signal }: VoiceRequest): Promise<SpeechInterval> {
  const { file, startSample } = narration;
  let position = startSample;
  for await (const block of decodeAudio({ file, channels: 1, signal })) {
    addAt(voice, position, block);
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

function addAt(voice: PcmFile, startSample: number, block: Float32Array): void {
  const sum = new Float32Array(Math.max(0, Math.min(block.length, voice.sampleCount - startSample)));
  if (startSample < 0 || sum.length === 0) return;
  voice.read(startSample, sum);
  addTo(sum, block);
  voice.write(startSample, sum);
}

async function measureVoice({ voice, signal }: VoiceRequest): Promise<number> {
  using meter = await createLoudnessMeter({ hasTruePeak: false });
  for await (const { startSample, count } of spans(voice.sampleCount, signal)) {
    const block = new Float32Array(count);
    voice.read(startSample, block);
    meter.push(monoToStereo(block));
  }
  return meter.finish().lufs;
}
