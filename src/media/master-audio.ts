import { sampleRate } from '../timeline/timeline.ts';
import { writeAacFile } from './aac-file.ts';
import { decodeAudio } from './decode-audio.ts';
import { findGain, highestUnlimited, type Levels } from './find-gain.ts';
import { applyGain, decibelsToGain } from './gain-curve.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { silenceLufs } from './loudness.ts';
import type { LoudnessTarget, MixResult, SoundFormat } from './mix-audio.ts';
import { writeOpusFile } from './opus-file.ts';
import { type PcmFile, spans } from './pcm-file.ts';
import { loudnessWith, type ProgrammeLevels } from './programme-levels.ts';
import { type Progress, part } from './progress.ts';
import { createSoundMeter } from './sound-meter.ts';
import { monoToStereo } from './stereo.ts';
import { markTruePeaks } from './true-peak.ts';

export interface MasterRequest {
  /** At any level. One channel is heard from both sides. */
  readonly programme: PcmFile;
  /** What was heard in it. */
  readonly levels: ProgrammeLevels;
  readonly file: string;
  readonly format: SoundFormat;
  readonly target: LoudnessTarget;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: Progress;
}

/**
 * Encodes the programme at the target loudness. The encoder changes peaks and loudness a little, so the result is decoded,
 * measured and, when it is off, made again with corrected aims.
 */
export async function masterAudio(request: MasterRequest): Promise<MixResult> {
  const { levels, target, onProgress } = request;
  const isSilent = loudnessWith(levels) <= silenceLufs;
  const limiter = createLimiter(levels.peaks);
  const chooseGain = createGainChoice(request, limiter);
  let aims = { lufs: target.lufs, ceilingDb: target.truePeakDbtp - encoderHeadroomDb };
  for (let attempt = 1; ; attempt += 1) {
    const progress = part(onProgress, 1 - likelyAgain ** (attempt - 1), 1 - likelyAgain ** attempt);
    const gainDb = isSilent ? 0 : await chooseGain(aims);
    progress(choosingShare);
    const result = await encodeAndMeasure(
      request,
      { limiter, gainDb, ceilingDb: aims.ceilingDb },
      part(progress, choosingShare, 1),
    );
    if (isSilent || attempt === mostAttempts || isGood(result, target)) {
      onProgress(1);
      return result;
    }
    aims = correctedAims(aims, result, target);
  }
}

/** Share of the work that is kept back for another attempt. */
const likelyAgain = 0.05;
/** Of an attempt's time, what the choice of the gain takes: looking for peaks between the samples. */
const choosingShare = 0.14;
const mostAttempts = 4;
const encoderHeadroomDb = 0.5;
const toleranceLu = 0.2;

/** Looks between the samples only where a gain that is really used could lift them to the ceiling. */
function createGainChoice({ programme, levels, signal }: MasterRequest, limiter: Limiter) {
  let known = Number.POSITIVE_INFINITY;
  return async (aims: Aims): Promise<number> => {
    for (;;) {
      const gainDb = findGain(levels, { ...aims, limiter });
      const above = highestUnlimited({ gainDb, ceilingDb: aims.ceilingDb });
      if (above >= known) return gainDb;
      known = above * decibelsToGain(-sparedDb);
      await markTruePeaks(programme, levels, { above: known, signal });
    }
  };
}

/** How much more gain may turn out to be needed before the peaks are looked at again. */
const sparedDb = 1.5;

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

interface LimitedLevels extends Levels {
  readonly limiter: Limiter;
}

async function encodeAndMeasure(
  request: MasterRequest,
  levels: LimitedLevels,
  progress: Progress,
): Promise<MixResult> {
  const { file, format, signal, programme } = request;
  const write = format === 'opus' ? writeOpusFile : writeAacFile;
  await write(file, masteredBlocks(request, levels, part(progress, 0, encodingShare)));
  const measuring = part(progress, encodingShare, 1);
  const meter = createSoundMeter(programme.sampleCount);
  let sampleCount = 0;
  for await (const block of decodeAudio({ file, channels: 2, signal })) {
    meter.push(block);
    sampleCount += block.length / 2;
    measuring(sampleCount / programme.sampleCount);
  }
  return meter.finish();
}

/** Of the time that is left then; the rest is decoding and measuring. */
const encodingShare = 0.7;

/** The programme with gain and limiter applied, interleaved stereo, a second at a time: each valid until the next. */
async function* masteredBlocks(
  { programme, signal }: MasterRequest,
  { limiter, gainDb, ceilingDb }: LimitedLevels,
  onProgress: Progress,
): AsyncGenerator<Float32Array> {
  const { channels, sampleCount } = programme;
  const curve = limiter.curve({ gain: decibelsToGain(gainDb), ceiling: decibelsToGain(ceilingDb) });
  const buffer = new Float32Array(sampleRate * channels);
  const stereo = channels === 2 ? buffer : new Float32Array(sampleRate * 2);
  for await (const { startSample, count } of spans(sampleCount, signal)) {
    const block = buffer.subarray(0, count * channels);
    programme.read(startSample, block);
    applyGain(block, { curve, startSample, channels });
    if (channels === 1) monoToStereo(block, stereo);
    yield stereo.subarray(0, count * 2);
    onProgress((startSample + count) / sampleCount);
  }
}
