import { sampleRate } from '../timeline/timeline.ts';
import type { MusicBed } from './music-bed.ts';
import { type PcmFile, spans } from './pcm-file.ts';
import { createLevelMeter, type ProgrammeLevels } from './programme-levels.ts';
import type { Progress } from './progress.ts';
import { addTo, monoToStereo } from './stereo.ts';

interface ProgrammeRequest {
  readonly voice: PcmFile;
  /** The clips' own sound, stereo. */
  readonly clips: PcmFile | undefined;
  readonly music: MusicBed | undefined;
  /** Stereo; filled here. */
  readonly programme: PcmFile;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: Progress;
}

/** Adds voice, clips and music up, at whatever level that gives, and listens to the sum. */
export async function mixProgramme(request: ProgrammeRequest): Promise<ProgrammeLevels> {
  const { voice, clips, music, programme, signal, onProgress } = request;
  const meter = createLevelMeter(programme.sampleCount);
  const buffers = {
    mono: new Float32Array(sampleRate),
    sum: new Float32Array(sampleRate * 2),
    block: new Float32Array(sampleRate * 2),
  };
  for await (const { startSample, count } of spans(programme.sampleCount, signal)) {
    const mono = buffers.mono.subarray(0, count);
    const [sum, block] = [buffers.sum.subarray(0, count * 2), buffers.block.subarray(0, count * 2)];
    voice.read(startSample, mono);
    monoToStereo(mono, sum);
    for (const source of [clips, music]) {
      if (source === undefined) continue;
      source.read(startSample, block);
      addTo(sum, block);
    }
    programme.write(startSample, sum);
    meter.push(sum);
    onProgress((startSample + count) / programme.sampleCount);
  }
  return meter.levels;
}
