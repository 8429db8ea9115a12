import { writeAacFile } from './aac-file.ts';
import { decodeAudio } from './decode-audio.ts';
import { findGain, type Levels, masteredBlocks } from './find-gain.ts';
import { createLoudnessMeter, silenceLufs } from './loudness.ts';
import type { LoudnessTarget, MixResult } from './mix-audio.ts';
import type { PcmFile } from './pcm-file.ts';
import type { MeasuredProgramme } from './programme.ts';

export interface MasterRequest {
  /** Stereo, at any level. */
  readonly programme: PcmFile;
  readonly measured: MeasuredProgramme;
  readonly file: string;
  readonly target: LoudnessTarget;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (fraction: number) => void;
}

/**
 * Encodes the programme at the target loudness. AAC changes peaks and loudness a little, so the result is decoded,
 * measured and, when it is off, made again with corrected aims.
 */
export async function masterAudio(request: MasterRequest): Promise<MixResult> {
  const { measured, target, onProgress } = request;
  let aims = { lufs: target.lufs, ceilingDb: target.truePeakDbtp - aacHeadroomDb };
  const isSilent = measured.loudness.lufs <= silenceLufs;
  for (let attempt = 1; ; attempt += 1) {
    const gainDb = isSilent ? 0 : await findGain(request, aims);
    const result = await encodeAndMeasure(request, { gainDb, ceilingDb: aims.ceilingDb });
    if (isSilent || attempt === mostAttempts || isGood(result, target)) {
      onProgress(1);
      return result;
    }
    aims = correctedAims(aims, result, target);
    onProgress(1 - 0.5 ** attempt);
  }
}

const mostAttempts = 4;
const aacHeadroomDb = 0.5;
const toleranceLu = 0.2;

function isGood(result: MixResult, target: LoudnessTarget): boolean {
  return Math.abs(target.lufs - result.lufs) <= toleranceLu && result.truePeakDbtp <= target.truePeakDbtp;
}

interface Aims {
  readonly lufs: number;
  readonly ceilingDb: number;
}

function correctedAims(aims: Aims, result: MixResult, target: LoudnessTarget): Aims {
  const excessDb = result.truePeakDbtp - target.truePeakDbtp;
  return {
    lufs: aims.lufs + target.lufs - result.lufs,
    ceilingDb: aims.ceilingDb - (excessDb > 0 ? excessDb + 0.1 : 0),
  };
}

async function encodeAndMeasure(request: MasterRequest, levels: Levels): Promise<MixResult> {
  const { file, signal } = request;
  await writeAacFile(file, masteredBlocks(request, levels));
  using meter = await createLoudnessMeter();
  let sampleCount = 0;
  for await (const block of decodeAudio({ file, channels: 2, signal })) {
    meter.push(block);
    sampleCount += block.length / 2;
  }
  return { ...meter.finish(), sampleCount };
}
