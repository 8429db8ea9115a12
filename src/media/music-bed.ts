import { AuraError } from '../protocol/index.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import { musicLevelCurve, type SpeechInterval } from './ducking.ts';
import { applyGain } from './gain-curve.ts';
import { readLooped } from './loop.ts';
import { createLoudnessMeter, silenceLufs } from './loudness.ts';
import { createPcmFile, type PcmFile } from './pcm-file.ts';

export interface MusicBed extends Disposable {
  /** The music at its level at that place of the programme, interleaved stereo. */
  read(startSample: number, into: Float32Array): void;
}

interface MusicRequest {
  readonly file: string;
  readonly gainDb: number;
  readonly duckingDb: number;
  readonly speech: readonly SpeechInterval[];
  /** {@link silenceLufs} when nobody speaks. */
  readonly voiceLufs: number;
  readonly totalSamples: number;
  readonly workFile: string;
  readonly signal: AbortSignal | undefined;
}

/** Decodes the music, at most as much of it as the programme needs, and works out its level everywhere. */
export async function openMusicBed(request: MusicRequest): Promise<MusicBed> {
  const { workFile, totalSamples, speech, duckingDb } = request;
  const pcm = createPcmFile({ file: workFile, channels: 2, sampleCount: totalSamples });
  try {
    const { length, lufs } = await decodeInto(pcm, request);
    const gainDb = relativeGain(request, lufs);
    const curve = musicLevelCurve({ sampleCount: totalSamples, speech, gainDb, duckingDb });
    return {
      read: (startSample, into) => {
        readLooped({ source: pcm, length, crossfade: crossfadeSamples, startSample }, into);
        applyGain(into, { curve, channels: 2, startSample });
      },
      [Symbol.dispose]: () => pcm[Symbol.dispose](),
    };
  } catch (error) {
    pcm[Symbol.dispose]();
    throw error;
  }
}

/** Long enough that a repeat is no jolt, short enough to keep the beat. */
const crossfadeSamples = 0.5 * sampleRate;

const shortestSamples = 0.5 * sampleRate;

async function decodeInto(
  pcm: PcmFile,
  { file, signal }: MusicRequest,
): Promise<{ length: number; lufs: number }> {
  using meter = await createLoudnessMeter({ hasTruePeak: false });
  let length = 0;
  for await (const block of decodeAudio({ file, channels: 2, signal })) {
    const part = block.subarray(0, (pcm.sampleCount - length) * 2);
    pcm.write(length, part);
    meter.push(part);
    length += part.length / 2;
    if (length === pcm.sampleCount) break;
  }
  if (length < Math.min(shortestSamples, pcm.sampleCount)) {
    throw new AuraError('audio_invalid', `The music ${file} is shorter than half a second.`);
  }
  return { length, lufs: meter.finish().lufs };
}

/** Brings the music to the voice's loudness and changes that by the gain asked for. */
function relativeGain({ gainDb, voiceLufs }: MusicRequest, musicLufs: number): number {
  const isMeasurable = musicLufs > silenceLufs && voiceLufs > silenceLufs;
  return isMeasurable ? gainDb + voiceLufs - musicLufs : gainDb;
}
