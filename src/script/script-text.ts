import { AuraError, limits } from '../protocol/index.ts';
import { mistake } from './mistake.ts';

/**
 * The script with one kind of line ending, without a byte order mark and without broken halves of surrogate pairs.
 * Lines and columns stay where the author sees them.
 *
 * @throws {AuraError} script_empty, script_too_long; script_invalid for text that would take a parser for ever.
 */
export function cleanScript(markdown: string): string {
  if (markdown.length > limits.scriptBytes || utf8Length(markdown) > limits.scriptBytes) {
    throw tooLong(`it is longer than ${limits.scriptBytes} bytes; split it into several videos`);
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

/** Far above what a script of the longest video holds. They keep the Markdown parser's time in proportion to the text. */
const mostLines = 20_000;
const mostNesting = 20;
const longestBlock = 20_000;
const mostMarksInBlock = 400;

const containerMarks = /^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)+/;
const containerMark = />|[-+*]|\d{1,9}[.)]/g;
const formattingMarks = /[*_~[\]!<`]+/g;
/** Lines at which Markdown always ends a paragraph. */
const blockStart = /^(?:[ \t]*$| {0,3}#{1,6}(?:[ \t]|$)|[ \t]*[-+*][ \t]+[^ \t])/;

function refuseEndlessWork(text: string): void {
  const lines = text.split('\n');
  if (lines.length > mostLines)
    throw tooLong(`it has more than ${mostLines} lines; split it into several videos`);
  let blockLength = 0;
  let marks = 0;
  for (const [index, content] of lines.entries()) {
    const place = { line: index + 1, column: 1 };
    const nesting = containerMarks.exec(content)?.[0].match(containerMark)?.length ?? 0;
    if (nesting > mostNesting && !/^[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$/.test(content)) {
      throw mistake(place, `lists and quotes are nested more than ${mostNesting} deep`);
    }
    if (blockStart.test(content)) {
      blockLength = 0;
      marks = 0;
    }
    blockLength += content.length;
    marks += content.match(formattingMarks)?.length ?? 0;
    if (blockLength > longestBlock)
      throw mistake(place, 'the paragraph is too long; divide it with blank lines');
    if (marks > mostMarksInBlock) {
      throw mistake(place, `the paragraph has more than ${mostMarksInBlock} formatting marks; divide it`);
    }
  }
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function tooLong(what: string): AuraError {
  return new AuraError('script_too_long', `The script is too long: ${what}.`, {
    place: { line: 1, column: 1 },
  });
}
