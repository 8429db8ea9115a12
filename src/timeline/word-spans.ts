/** From when to when, in seconds. */
export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Divides a time among words by their length. */
export function shareSpan(
  words: readonly { readonly text: string }[],
  { startSeconds, endSeconds }: Span,
): Span[] {
  const total = words.reduce((sum, { text }) => sum + wordWeight(text), 0);
  const timeAt = (share: number) => startSeconds + ((endSeconds - startSeconds) * share) / total;
  let done = 0;
  return words.map(({ text }) => {
    const start = timeAt(done);
    done += wordWeight(text);
    return { startSeconds: start, endSeconds: timeAt(done) };
  });
}

/** How long a word takes to say, in letters. */
export function wordWeight(text: string): number {
  return text.match(/[\p{Letter}\p{Number}]/gu)?.length ?? 1;
}

/** Makes every span begin where the one before has ended or later, last a moment at least, and end within the recording. */
export function orderSpans(spans: readonly Span[], durationSeconds: number): Span[] {
  const moment = Math.min(0.001, durationSeconds / (spans.length + 1));
  let previous = 0;
  return spans.map((span, index) => {
    const latest = durationSeconds - (spans.length - 1 - index) * moment;
    const start = Math.max(previous, Math.min(span.startSeconds, latest - moment));
    const end = Math.min(Math.max(span.endSeconds, start + moment), latest);
    previous = end;
    return { startSeconds: start, endSeconds: end };
  });
}
