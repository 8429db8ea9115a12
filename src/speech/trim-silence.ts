/** What is quieter than this share of the loudest sample counts as silence: -40 dB. */
const audibleShare = 0.01;

/** A speech whose loudest sample is below this (-60 dBFS) is silent. */
const silentPeak = 0.001;

/**
 * Cuts sound so that it begins with its first audible sample and ends soon after its last.
 *
 * @returns the cut samples (a view of the given ones) and how many were cut from the start; undefined when all is silence.
 */
export function trimSilence(
  samples: Float32Array,
  { tailSamples }: { readonly tailSamples: number },
): { readonly samples: Float32Array; readonly cutSamples: number } | undefined {
  const peak = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  if (peak < silentPeak) return undefined;
  const isAudible = (sample: number) => Math.abs(sample) >= peak * audibleShare;
  const first = samples.findIndex(isAudible);
  const last = samples.findLastIndex(isAudible);
  return { samples: samples.subarray(first, last + 1 + tailSamples), cutSamples: first };
}
