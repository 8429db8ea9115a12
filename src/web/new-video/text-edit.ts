/** The place of a line and column (both from 1) in a text, in UTF-16 code units. Beyond the text: its end. */
export function offsetOf(
  text: string,
  place: { readonly line: number | undefined; readonly column: number | undefined },
): number {
  const before = text.split('\n').slice(0, (place.line ?? 1) - 1);
  const lineStart = before.reduce((sum, line) => sum + line.length + 1, 0);
  return Math.min(text.length, lineStart + (place.column ?? 1) - 1);
}

/** The text with a paragraph of its own put after the line the cursor is in; at the end without a cursor. */
export function withInserted(text: string, cursor: number | undefined, paragraph: string): string {
  const lineEnd = cursor === undefined ? -1 : text.indexOf('\n', cursor);
  const at = lineEnd === -1 ? text.length : lineEnd;
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at).trimStart();
  return [before, paragraph, after]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat(after === '' ? '\n' : '');
}

/** Markdown that shows a picture, whatever its file is called. */
export function pictureMarkdown(fileName: string): string {
  const words = fileName.replace(/\.[^.]*$/, '').replace(/[-_]+/g, ' ');
  const alt = words.replace(/[[\]\\]/g, '\\$&');
  return `![${alt}](<${fileName.replace(/[<>\\]/g, '\\$&')}>)`;
}
