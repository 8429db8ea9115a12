import { type ClipSound, layClips } from './clip-sound.ts';
import type { SpeechInterval } from './ducking.ts';
import { failingAs } from './ffmpeg.ts';
import type { Loudness } from './loudness.ts';
import { masterAudio } from './master-audio.ts';
import { type Music, type MusicBed, openMusicBed } from './music-bed.ts';
import { createPcmFile, type PcmFile } from './pcm-file.ts';
import { mixProgramme } from './programme.ts';
import { loudnessWith } from './programme-levels.ts';
import { type Progress, part } from './progress.ts';
import { layVoice, listenToVoice, type Narration } from './voice-track.ts';

/** What the sound is stored as: AAC-LC in an M4A, or Opus in an Ogg file. Both are 48 kHz stereo, exact to the sample. */
export type SoundFormat = 'aac' | 'opus';

export interface MixRequest {
  /** Length of the programme, in samples at 48 kHz. */
  readonly totalSamples: number;
  readonly narration: readonly Narration[];
  /** The own sound of video clips. */
  readonly clips?: readonly ClipSound[] | undefined;
  /** Under everything from the start of the programme to its end. */
  readonly music?: Music | undefined;
  /** Where the result is written. Temporary files are made beside it. */
  readonly file: string;
  /** AAC when absent. */
  readonly format?: SoundFormat | undefined;
  readonly target?: LoudnessTarget | undefined;
  readonly signal?: AbortSignal;
  /** Share of the work that is done, 0 to 1, never going back. */
  readonly onProgress?: Progress;
}

export interface LoudnessTarget {
  /** Integrated loudness to reach, within 0.2. */
  readonly lufs: number;
  /** Never exceeded, also after encoding. */
  readonly truePeakDbtp: number;
}

export interface MixResult extends Loudness {
  /** Samples at 48 kHz that a player hears: exactly the programme. */
  readonly sampleCount: number;
}

/**
 * Mixes the whole programme's sound, once: narration and clips placed to the sample, music under them, at the target
 * loudness. The loudness and true peak returned are measured on the finished file, decoded. A programme without any
 * sound stays silent. Memory does not grow with the length but for 12 kB a second; sound is kept in temporary files.
 *
 * @throws {AuraError} audio_invalid, mix_failed, disk_full; the signal's reason after an abort.
 */
export function mixAudio(request: MixRequest): Promise<MixResult> {
  return failingAs({ code: 'mix_failed', signal: request.signal }, async () => {
    const { totalSamples, file, signal, narration, clips = [] } = request;
    const { target = defaultTarget, format = 'aac' } = request;
    const report: Progress = (fraction) => request.onProgress?.(fraction);
    const phases = phasesOf(report, { clips: clips.length > 0, music: request.music !== undefined });
    using voice = createPcmFile({ file: `${file}.voice.pcm`, channels: 1, sampleCount: totalSamples });
    const speech = await layVoice({ narration, voice, signal, onProgress: phases.voice });
    using clipTrack = clips.length === 0 ? undefined : createStereo(`${file}.clips.pcm`, totalSamples);
    if (clipTrack !== undefined) {
      await layClips({ clips, track: clipTrack, signal, onProgress: phases.clips });
    }
    using music = await openMusic(request, { speech, voice });
    phases.music(1);
    const mastering = { file, format, target, signal, onProgress: phases.master };
    if (clipTrack === undefined && music === undefined) {
      const levels = await listenToVoice(voice, { signal, onProgress: phases.programme });
      return await masterAudio({ ...mastering, programme: voice, levels });
    }
    using programme = createStereo(`${file}.mix.pcm`, totalSamples);
    const sources = { voice, clips: clipTrack, music };
    const levels = await mixProgramme({ ...sources, programme, signal, onProgress: phases.programme });
    return await masterAudio({ ...mastering, programme, levels });
  });
}

const defaultTarget: LoudnessTarget = { lufs: -14, truePeakDbtp: -1 };

/** What the phases take beside each other, as measured. */
const phaseWeights = { voice: 11, clips: 3, music: 25, programme: 6, master: 84 } as const;
type Phase = keyof typeof phaseWeights;

/** The parts of the whole's progress. What is not there takes no time. */
function phasesOf(
  report: Progress,
  there: { readonly clips: boolean; readonly music: boolean },
): Record<Phase, Progress> {
  const weights = {
    ...phaseWeights,
    clips: there.clips ? phaseWeights.clips : 0,
    music: there.music ? phaseWeights.music : 0,
  };
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  let end = 0;
  const next = (phase: Phase): Progress => {
    const start = end;
    end += weights[phase] / total;
    return part(report, start, end);
  };
  return {
    voice: next('voice'),
    clips: next('clips'),
    music: next('music'),
    programme: next('programme'),
    master: next('master'),
  };
}

function createStereo(file: string, sampleCount: number): PcmFile {
  return createPcmFile({ file, channels: 2, sampleCount });
}

async function openMusic(
  { music, file, totalSamples, signal }: MixRequest,
  { speech, voice }: { speech: readonly SpeechInterval[]; voice: PcmFile },
): Promise<MusicBed | undefined> {
  if (music === undefined) return undefined;
  const voiceLufs = loudnessWith(await listenToVoice(voice, { signal }));
  const workFile = `${file}.music.pcm`;
  return await openMusicBed({ ...music, speech, voiceLufs, totalSamples, workFile, signal });
}
