import { sampleRate } from '../../src/timeline/timeline.ts';

const size = 1_024;

/**
 * Energy away from a tone in windows of 1024 samples at 48 kHz, in dB of the tone's: a click is in all frequencies at
 * once. A four-term window keeps the tone itself within a few bins.
 *
 * @param part.from First sample looked at. @param part.to The first one no longer looked at.
 */
export function strangeness(
  samples: Float32Array,
  part: { readonly toneHz: number; readonly from: number; readonly to: number },
): number[] {
  const windows: number[] = [];
  for (let start = part.from; start + size < part.to; start += size / 2) {
    windows.push(energyAwayFromTone(samples.subarray(start, start + size), part.toneHz));
  }
  return windows;
}

const window = Float64Array.from({ length: size }, (_, at) => {
  const phase = (2 * Math.PI * at) / size;
  return (
    0.358_75 - 0.488_29 * Math.cos(phase) + 0.141_28 * Math.cos(2 * phase) - 0.011_68 * Math.cos(3 * phase)
  );
});

/** Takes the tone out by fitting it, and compares what is left with it. */
function energyAwayFromTone(samples: Float32Array, toneHz: number): number {
  const step = (2 * Math.PI * toneHz) / sampleRate;
  let [cc, cs, ss, xc, xs] = [0, 0, 0, 0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const [weight = 0, sample = 0] = [window[at], samples[at]];
    const [cosine, sine] = [Math.cos(step * at), Math.sin(step * at)];
    cc += weight * cosine * cosine;
    cs += weight * cosine * sine;
    ss += weight * sine * sine;
    xc += weight * sample * cosine;
    xs += weight * sample * sine;
  }
  const determinant = cc * ss - cs * cs;
  const [a, b] = [(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant];
  let [left, whole] = [0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const [weight = 0, sample = 0] = [window[at], samples[at]];
    const rest = sample - a * Math.cos(step * at) - b * Math.sin(step * at);
    left += weight * rest * rest;
    whole += weight * sample * sample;
  }
  return 10 * Math.log10(left / whole);
}
