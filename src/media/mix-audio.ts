import type { SpeechInterval } from './ducking.ts';
import { failingAs } from './ffmpeg.ts';
import type { Loudness } from './loudness.ts';
import { masterAudio } from './master-audio.ts';
import { type MusicBed, openMusicBed } from './music-bed.ts';
import { createPcmFile } from './pcm-file.ts';
import { mixProgramme } from './programme.ts';
import { type Progress, part } from './progress.ts';
import { layVoice } from './voice-track.ts';

export interface Narration {
  /** Any supported sound file; mixed down to mono. */
  readonly file: string;
  /** Where its first sample is heard, in samples at 48 kHz from the start of the programme. */
  readonly startSample: number;
}

export interface MixRequest {
  /** Length of the programme, in samples at 48 kHz. */
  readonly totalSamples: number;
  readonly narration: readonly Narration[];
  /**
   * Played from the start and repeated to the end. Its level is relative to the voice's loudness, whatever level the
   * file itself has: gainDb where nobody speaks, and duckingDb (0 or less) more under the voice.
   */
  readonly music?: { readonly file: string; readonly gainDb: number; readonly duckingDb: number } | undefined;
  /** Where the result is written: an M4A with AAC-LC, 48 kHz stereo. Temporary files are made beside it. */
  readonly file: string;
  readonly target?: LoudnessTarget;
  readonly signal?: AbortSignal;
  /** Share of the work that is done, 0 to 1, never going back. */
  readonly onProgress?: Progress;
}

export interface LoudnessTarget {
  /** Integrated loudness to reach, within 0.2. */
  readonly lufs: number;
  /** Never exceeded, also after AAC. */
  readonly truePeakDbtp: number;
}

export interface MixResult extends Loudness {
  /** Samples at 48 kHz that a player hears: exactly the programme. */
  readonly sampleCount: number;
}

/**
 * Mixes the whole programme's sound, once: narration placed to the sample, music under it, at the target loudness. The
 * loudness and true peak returned are measured on the finished file, decoded. A programme without any sound stays
 * silent. Memory does not grow with the length but for 1 kB a second; sound is kept in temporary files.
 *
 * @throws {AuraError} audio_invalid, mix_failed, disk_full; the signal's reason after an abort.
 */
export function mixAudio(request: MixRequest): Promise<MixResult> {
  return failingAs({ code: 'mix_failed', signal: request.signal }, async () => {
    const { totalSamples, file, signal, target = defaultTarget } = request;
    const report: Progress = (fraction) => request.onProgress?.(fraction);
    using voice = createPcmFile({ file: `${file}.voice.pcm`, channels: 1, sampleCount: totalSamples });
    const laying = part(report, 0, phases.voice);
    const { narration } = request;
    const { speech, voiceLufs } = await layVoice({ narration, voice, signal, onProgress: laying });
    using music = await openMusic(request, { speech, voiceLufs });
    report(phases.music);
    using programme = createPcmFile({ file: `${file}.mix.pcm`, channels: 2, sampleCount: totalSamples });
    const mixing = part(report, phases.music, phases.programme);
    const measured = await mixProgramme({ voice, music, programme, signal, onProgress: mixing });
    const onProgress = part(report, phases.programme, 1);
    return await masterAudio({ programme, measured, file, target, signal, onProgress });
  });
}

const defaultTarget: LoudnessTarget = { lufs: -14, truePeakDbtp: -1 };

/** Share of the time that has passed at the end of each phase, as measured. */
const phases = { voice: 0.1, music: 0.2, programme: 0.4 } as const;

interface Voice {
  readonly speech: readonly SpeechInterval[];
  readonly voiceLufs: number;
}

async function openMusic(request: MixRequest, voice: Voice): Promise<MusicBed | undefined> {
  const { music, file, totalSamples, signal } = request;
  if (music === undefined) return undefined;
  return await openMusicBed({ ...music, ...voice, totalSamples, workFile: `${file}.music.pcm`, signal });
}
