/** Text made safe for an engine that reads SSML, with the way back to the text it came from. */
export interface SsmlText {
  readonly ssml: string;
  /** From an index in code points of `ssml` to the offset, in UTF-16 code units, of what it stands for. */
  offsetOf(codePointIndex: number): number;
}

/**
 * Writes text so that eSpeak NG reads every character literally: no tags, no entities, no `[[phonemes]]`, no control
 * characters (which are its embedded commands, or would end the text).
 *
 * @param firstOffset added to every offset: where the text begins in the text it was cut from.
 */
export function toSsml(text: string, firstOffset = 0): SsmlText {
  let ssml = '';
  const offsets: number[] = [];
  let offset = firstOffset;
  let previous = '';
  for (const character of text) {
    const written = literal(character, previous);
    ssml += written;
    for (const _ of written) offsets.push(offset);
    offset += character.length;
    previous = character;
  }
  return { ssml, offsetOf: (index) => offsets[Math.max(index, 0)] ?? offset };
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** Invisible and silent; keeps two brackets from being the start of phonemes. */
const wordJoiner = '\u2060';

function literal(character: string, previous: string): string {
  if (/[\p{Control}\p{Surrogate}]/u.test(character)) return ' ';
  if (character === '[' && previous === '[') return `${wordJoiner}[`;
  return entities[character] ?? character;
}
