import { writeAacFile } from './aac-file.ts';
import { decodeAudio } from './decode-audio.ts';
import { findGain, type Levels, masteredBlocks } from './find-gain.ts';
import { createLoudnessMeter, silenceLufs } from './loudness.ts';
import type { LoudnessTarget, MixResult } from './mix-audio.ts';
import type { PcmFile } from './pcm-file.ts';
import type { MeasuredProgramme } from './programme.ts';
import { type Progress, part } from './progress.ts';

export interface MasterRequest {
  /** Stereo, at any level. */
  readonly programme: PcmFile;
  readonly measured: MeasuredProgramme;
  readonly file: string;
  readonly target: LoudnessTarget;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: Progress;
}

/**
 * Encodes the programme at the target loudness. AAC changes peaks and loudness a little, so the result is decoded,
 * measured and, when it is off, made again with corrected aims.
 */
export async function masterAudio(request: MasterRequest): Promise<MixResult> {
  const { measured, target, onProgress } = request;
  let aims = { lufs: target.lufs, ceilingDb: target.truePeakDbtp - aacHeadroomDb };
  const isSilent = measured.lufs <= silenceLufs;
  for (let attempt = 1; ; attempt += 1) {
    const progress = part(onProgress, 1 - likelyAgain ** (attempt - 1), 1 - likelyAgain ** attempt);
    const gainDb = isSilent ? 0 : await findGain(request, aims, part(progress, 0, searchShare));
    const encoding = part(progress, searchShare, 1);
    const result = await encodeAndMeasure(request, { gainDb, ceilingDb: aims.ceilingDb }, encoding);
    if (isSilent || attempt === mostAttempts || isGood(result, target)) {
      onProgress(1);
      return result;
    }
    aims = correctedAims(aims, result, target);
  }
}

/** Share of the work that is kept back for another attempt. */
const likelyAgain = 0.2;
/** Of an attempt's time: finding the gain. */
const searchShare = 0.3;
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

async function encodeAndMeasure(
  request: MasterRequest,
  levels: Levels,
  progress: Progress,
): Promise<MixResult> {
  const { file, signal, programme } = request;
  const encoding = part(progress, 0, encodingShare);
  await writeAacFile(file, masteredBlocks(request, levels, encoding));
  const measuring = part(progress, encodingShare, 1);
  using meter = await createLoudnessMeter();
  let sampleCount = 0;
  for await (const block of decodeAudio({ file, channels: 2, signal })) {
    meter.push(block);
    sampleCount += block.length / 2;
    measuring(sampleCount / programme.sampleCount);
  }
  return { ...meter.finish(), sampleCount };
}

/** Of the time that is left then; the rest is decoding and measuring. */
const encodingShare = 0.7;
