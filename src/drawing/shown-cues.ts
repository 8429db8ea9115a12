import type { Cue, Timeline, TimelineScene } from '../timeline/index.ts';

/** The captions that are drawn: not those that repeat, word for word, the quote they are spoken over. */
export function shownCues({ captions }: Timeline, { layout, quote, cues }: TimelineScene): readonly Cue[] {
  if (captions.style === 'none') return [];
  if (layout !== 'quote' || quote === undefined) return cues;
  const repeated = cuesOf(lettersOf(quote.text), cues);
  return cues.filter((cue) => !repeated.includes(cue));
}

/** Those cues one after another that together are the text. */
function cuesOf(text: string, cues: readonly Cue[]): readonly Cue[] {
  for (const start of cues.keys()) {
    let rest = text;
    for (const [index, cue] of cues.slice(start).entries()) {
      const letters = lettersOf(cue.text);
      if (!rest.startsWith(letters)) break;
      rest = rest.slice(letters.length);
      if (rest === '') return cues.slice(start, start + index + 1);
    }
  }
  return [];
}

/** Without spaces, line breaks and quotation marks, which are not the same on the screen and in a cue. */
function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '').toLowerCase();
}
