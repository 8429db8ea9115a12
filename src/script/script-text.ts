import { AuraError, limits } from '../protocol/index.ts';
import { refuseEndlessWork, tooLong } from './parser-limits.ts';

/**
 * The script with one kind of line ending, without a byte order mark and without broken halves of surrogate pairs.
 * Lines and columns stay where the author sees them.
 *
 * @throws {AuraError} script_empty, script_too_long; script_invalid for text that would take a parser for ever.
 */
export function cleanScript(markdown: string): string {
  if (markdown.length > limits.scriptBytes || utf8Length(markdown) > limits.scriptBytes) {
    throw tooLong(`more than ${limits.scriptBytes} bytes`);
  }
  const text = markdown
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .toWellFormed();
  if (text.trim() === '') {
    throw new AuraError('script_empty', 'The script holds no text.', { place: { line: 1, column: 1 } });
  }
  refuseEndlessWork(text);
  return text;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
