/** What a line of a script is, as far as its colour goes. The real parser is src/script; this one never refuses. */
export type LineKind = 'front' | 'heading' | 'point' | 'picture' | 'directive' | 'rule' | 'text';

export function lineKinds(lines: readonly string[]): LineKind[] {
  const frontEnd = endOfFrontMatter(lines);
  return lines.map((line, index) => (index <= frontEnd ? 'front' : bodyKind(line)));
}

/** Index of the closing `---`; -1 without front matter. */
function endOfFrontMatter(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return -1;
  return lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
}

function bodyKind(line: string): LineKind {
  if (/^#{1,6}\s/.test(line)) return 'heading';
  if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) return 'rule';
  if (/^\s*([-*+]|\d+[.)])\s/.test(line)) return 'point';
  if (/^\s*!\[/.test(line)) return 'picture';
  if (/^\s*<!--/.test(line)) return 'directive';
  return 'text';
}
