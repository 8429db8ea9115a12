import { createLoudnessMeter } from './loudness.ts';
import type { MusicBed } from './music-bed.ts';
import { type PcmFile, spans } from './pcm-file.ts';
import type { Progress } from './progress.ts';
import { addTo, monoToStereo } from './stereo.ts';
import { createTruePeakMeter } from './true-peak.ts';

export interface MeasuredProgramme {
  /** Integrated, in LUFS. */
  readonly lufs: number;
  /** The highest absolute true-peak value of each millisecond. */
  readonly peaks: Float32Array;
}

interface ProgrammeRequest {
  readonly voice: PcmFile;
  readonly music: MusicBed | undefined;
  /** Stereo; filled here. */
  readonly programme: PcmFile;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: Progress;
}

/** Adds voice and music up, at whatever level that gives, and measures the sum. */
export async function mixProgramme(request: ProgrammeRequest): Promise<MeasuredProgramme> {
  const { voice, music, programme, signal, onProgress } = request;
  using loudness = await createLoudnessMeter({ hasTruePeak: false });
  const peaks = createTruePeakMeter(programme.sampleCount);
  for await (const { startSample, count } of spans(programme.sampleCount, signal)) {
    const mono = new Float32Array(count);
    voice.read(startSample, mono);
    const sum = monoToStereo(mono);
    if (music !== undefined) addTo(sum, readMusic(music, startSample, count));
    programme.write(startSample, sum);
    loudness.push(sum);
    peaks.push(sum);
    onProgress((startSample + count) / programme.sampleCount);
  }
  return { lufs: loudness.finish().lufs, peaks: peaks.finish() };
}

function readMusic(music: MusicBed, startSample: number, count: number): Float32Array {
  const block = new Float32Array(count * 2);
  music.read(startSample, block);
  return block;
}
