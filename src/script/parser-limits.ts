import { AuraError } from '../protocol/index.ts';
import { mistake } from './mistake.ts';

/*
 * Far above what the script of the longest video holds. Within them a Markdown parser's time stays in proportion to
 * the text: its work on one paragraph grows with the square of the formatting marks, its work on a line with nesting.
 */
const mostLines = 10_000;
const mostNesting = 20;
const deepestIndent = 100;
const longestBlock = 20_000;
const mostMarksInBlock = 400;
const mostMarks = 10_000;

const indent = /^[ \t>]*/;
const containerMarks = /^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)+/;
const containerMark = />|[-+*]|\d{1,9}[.)]/g;
const thematicBreak = /^[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$/;
const formattingMarks = /[*_~]+|[[\]!<`]/g;
/** Lines at which Markdown always ends a paragraph. */
const blockStart = /^(?:[ \t]*$| {0,3}#{1,6}(?:[ \t]|$)|[ \t]*[-+*][ \t]+[^ \t])/;

/** @throws {AuraError} script_too_long, or script_invalid with the line that goes too far. */
export function refuseEndlessWork(text: string): void {
  const lines = text.split('\n');
  if (lines.length > mostLines) throw tooLong(`more than ${mostLines} lines`);
  let blockLength = 0;
  let marksInBlock = 0;
  let marks = 0;
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    const containers = containerMarks.exec(content)?.[0] ?? '';
    refuseNesting(content, { containers, line });
    if (blockStart.test(content)) {
      blockLength = 0;
      marksInBlock = 0;
    }
    blockLength += content.length;
    const found = content.slice(containers.length).match(formattingMarks)?.length ?? 0;
    marksInBlock += found;
    marks += found;
    refuseLongBlock({ line, blockLength, marksInBlock });
    if (marks > mostMarks) throw tooLong(`more than ${mostMarks} formatting marks`);
  }
}

export function tooLong(what: string): AuraError {
  const detail = `The script is too long: it has ${what}.`;
  return new AuraError('script_too_long', detail, { place: { line: 1, column: 1 } });
}

function refuseNesting(content: string, { containers, line }: { containers: string; line: number }): void {
  const place = { line, column: 1 };
  if ((indent.exec(content)?.[0].length ?? 0) > deepestIndent && content.trim() !== '') {
    throw mistake(place, `the line is indented by more than ${deepestIndent} characters`);
  }
  const nesting = containers.match(containerMark)?.length ?? 0;
  if (nesting > mostNesting && !thematicBreak.test(content)) {
    throw mistake(place, `lists and quotes are nested more than ${mostNesting} deep`);
  }
}

function refuseLongBlock(block: { line: number; blockLength: number; marksInBlock: number }): void {
  const place = { line: block.line, column: 1 };
  if (block.blockLength > longestBlock) {
    throw mistake(place, `a paragraph has more than ${longestBlock} characters; divide it with blank lines`);
  }
  if (block.marksInBlock > mostMarksInBlock) {
    throw mistake(place, `a paragraph has more than ${mostMarksInBlock} formatting marks; divide it`);
  }
}
