/** From when to when, in seconds. */
export interface SpeechSpan {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Where somebody speaks, by loudness alone: well above the recording's own noise, and not far below its speech.
 *
 * @param levels of one window after the other, in dB of full scale.
 * @param windowSeconds how long each window is.
 */
export function speechIntervals(levels: Float32Array, windowSeconds: number): SpeechSpan[] {
  const threshold = speechThreshold(levels);
  const spans: { startSeconds: number; endSeconds: number }[] = [];
  for (const [index, level] of levels.entries()) {
    if (level < threshold) continue;
    const startSeconds = index * windowSeconds;
    const last = spans.at(-1);
    if (last !== undefined && startSeconds - last.endSeconds < shortestPauseSeconds) {
      last.endSeconds = startSeconds + windowSeconds;
    } else spans.push({ startSeconds, endSeconds: startSeconds + windowSeconds });
  }
  const wholeSeconds = levels.length * windowSeconds;
  return spans
    .filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= shortestSpeechSeconds)
    .map((span) => withMargin(span, wholeSeconds));
}

/** Between two words there may be less; a breath between sentences is more. */
const shortestPauseSeconds = 0.25;
/** A click of the tongue, or of a mouse, is shorter. */
const shortestSpeechSeconds = 0.08;
/** Consonants at either end of a word are quieter than the threshold. */
const marginSeconds = 0.05;

function withMargin({ startSeconds, endSeconds }: SpeechSpan, wholeSeconds: number): SpeechSpan {
  return {
    startSeconds: Math.max(0, startSeconds - marginSeconds),
    endSeconds: Math.min(wholeSeconds, endSeconds + marginSeconds),
  };
}

/** In dB: below it, nobody speaks, however silent the recording is. */
const quietestSpeech = -60;
/** In dB: vowels and the ends of words of one voice lie this far apart. */
const speechRange = 32;
/** In dB: what is no louder than this above the noise is noise. */
const noiseRange = 6;

function speechThreshold(levels: Float32Array): number {
  const sorted = levels.toSorted();
  const share = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? quietestSpeech;
  const [noise, speech] = [share(0.05), share(0.95)];
  // A recording without pauses has no noise of its own to be heard: then its quietest parts are speech too.
  const aboveNoise = noise < speech - 2 * noiseRange ? noise + noiseRange : quietestSpeech;
  return Math.max(quietestSpeech, speech - speechRange, aboveNoise);
}
