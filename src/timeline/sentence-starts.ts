/** Where the sentences of a text begin, in UTF-16 code units. */
export function sentenceStarts(text: string, language: string): number[] {
  const segmenter = new Intl.Segmenter(knownLocale(language), { granularity: 'sentence' });
  return Array.from(segmenter.segment(text), (segment) => segment.index);
}

/** A tag may have the right shape and still be none, such as en-us-us: then the rules common to all languages serve. */
function knownLocale(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
