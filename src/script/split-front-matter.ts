import { mistake } from './mistake.ts';

/** The YAML between the first two lines of `---`, and the line it begins on (from 1). */
export interface FrontMatterText {
  readonly yaml: string;
  readonly firstLine: number;
}

interface SplitScript {
  readonly frontMatter?: FrontMatterText;
  /** The script with the front matter's lines empty, so that every line keeps its number. */
  readonly body: string;
}

/** @throws {AuraError} script_invalid for front matter that does not end. */
export function splitFrontMatter(text: string): SplitScript {
  const lines = text.split('\n');
  const opening = lines.findIndex((content) => content.trim() !== '');
  if (!isFence(lines[opening])) return { body: text };
  const closing = lines.findIndex((content, index) => index > opening && isFence(content));
  if (closing === -1) {
    if (!/^[\w-]+\s*:/.test(lines[opening + 1] ?? '')) return { body: text };
    throw mistake(
      { line: opening + 1, column: 1 },
      'the front matter does not end; close it with a line ---',
    );
  }
  const body = lines.map((content, index) => (index <= closing ? '' : content)).join('\n');
  return {
    frontMatter: { yaml: lines.slice(opening + 1, closing).join('\n'), firstLine: opening + 2 },
    body,
  };
}

function isFence(line: string | undefined): boolean {
  return line !== undefined && /^---[ \t]*$/.test(line);
}
