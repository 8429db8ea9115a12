/**
 * Whether a file that begins so is an SVG picture: after an XML declaration, comments and a document type comes <svg.
 *
 * @param start the file's first few thousand bytes: programs write long comments.
 */
export function isSvg(start: Uint8Array): boolean {
  let text = new TextDecoder().decode(start.subarray(0, svgStartBytes), { stream: true }).trimStart();
  for (let rest = afterPreamble(text); rest !== undefined; rest = afterPreamble(text)) text = rest;
  return /^<(?:[\w-]+:)?svg[\s/>]/.test(text);
}

/** How much of a file has to be looked at. */
export const svgStartBytes = 16_384;

/** What may stand before the first element; entities are declared between brackets. */
const preambles = [
  { opening: '<?', closing: /\?>/ },
  { opening: '<!--', closing: /-->/ },
  { opening: '<!DOCTYPE', closing: /^[^[>]*(\[[^\]]*\]\s*)?>/ },
];

function afterPreamble(text: string): string | undefined {
  const preamble = preambles.find(({ opening }) => text.startsWith(opening));
  if (preamble === undefined) return undefined;
  const content = text.slice(preamble.opening.length);
  const end = preamble.closing.exec(content);
  return end === null ? undefined : content.slice(end.index + end[0].length).trimStart();
}
