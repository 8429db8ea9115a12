import { AuraError } from '../protocol/index.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import { type MusicMotion, musicLevelCurve, type SpeechInterval } from './ducking.ts';
import { applyGain } from './gain-curve.ts';
import { readLooped } from './loop.ts';
import { silenceLufs } from './loudness.ts';
import { createPcmFile, type PcmFile } from './pcm-file.ts';
import { createLevelMeter, loudnessWith } from './programme-levels.ts';

export interface Music extends MusicMotion {
  /** A sound file. */
  readonly file: string;
  /** Its loudness where nobody speaks, relative to the voice, whatever level the file itself has. In dB. */
  readonly gainDb: number;
  /** Further change under the voice, in dB, 0 or less. */
  readonly duckingDb: number;
  /** Whether it begins again at its end, which it does when absent; otherwise it fades out there. */
  readonly loop?: boolean | undefined;
  /** Where in the file it begins, in seconds; at its start when absent. */
  readonly startSeconds?: number | undefined;
}

export interface MusicBed extends Disposable {
  /** The music at its level at that place of the programme, interleaved stereo. */
  read(startSample: number, into: Float32Array): void;
}

interface MusicRequest extends Music {
  readonly speech: readonly SpeechInterval[];
  /** {@link silenceLufs} when nobody speaks. */
  readonly voiceLufs: number;
  readonly totalSamples: number;
  readonly workFile: string;
  readonly signal: AbortSignal | undefined;
}

/** Decodes the music, at most as much of it as the programme needs, and works out its level everywhere. */
export async function openMusicBed(request: MusicRequest): Promise<MusicBed> {
  const { workFile, totalSamples, loop = true } = request;
  const pcm = createPcmFile({ file: workFile, channels: 2, sampleCount: totalSamples });
  try {
    const { length, lufs } = await decodeInto(pcm, request);
    const gainDb = relativeGain(request, lufs);
    const endSample = loop ? totalSamples : length;
    const curve = musicLevelCurve({ ...request, sampleCount: totalSamples, endSample, gainDb });
    const crossfade = loop ? crossfadeSamples : 0;
    return {
      read: (startSample, into) => {
        // What follows the end of music that does not begin again is silent by its level.
        readLooped({ source: pcm, length, crossfade, startSample }, into);
        applyGain(into, { curve, startSample });
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
  { file, signal, startSeconds = 0 }: MusicRequest,
): Promise<{ length: number; lufs: number }> {
  const meter = createLevelMeter(pcm.sampleCount);
  let length = 0;
  let skipped = Math.round(startSeconds * sampleRate);
  for await (const block of decodeAudio({ file, channels: 2, signal })) {
    const skippedHere = Math.min(skipped, block.length / 2);
    skipped -= skippedHere;
    const part = block.subarray(skippedHere * 2, (skippedHere + pcm.sampleCount - length) * 2);
    pcm.write(length, part);
    meter.push(part);
    length += part.length / 2;
    if (length === pcm.sampleCount) break;
  }
  if (length < Math.min(shortestSamples, pcm.sampleCount)) {
    const from = startSeconds > 0 ? ` from ${startSeconds} s on` : '';
    throw new AuraError('audio_invalid', `The music ${file} is shorter than half a second${from}.`);
  }
  return { length, lufs: loudnessWith(meter.levels) };
}

/** Brings the music to the voice's loudness and changes that by the gain asked for. */
function relativeGain({ gainDb, voiceLufs }: MusicRequest, musicLufs: number): number {
  const isMeasurable = musicLufs > silenceLufs && voiceLufs > silenceLufs;
  return isMeasurable ? gainDb + voiceLufs - musicLufs : gainDb;
}
