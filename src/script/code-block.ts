import type { Code as CodeNode } from 'mdast';
import { type Code, limits } from '../protocol/index.ts';
import { type MarkdownTree, placeOf, writtenText } from './markdown-tree.ts';
import { mistake, type Place, quoted } from './mistake.ts';
import { type LineRange, readLines } from './read-quantities.ts';

/** A fenced code block. */
export interface CodeDraft {
  readonly code: Code;
  readonly lineCount: number;
  /** What each paragraph below it lights, in order; undefined is nothing in particular. From `{1-3|5}`. */
  readonly steps: readonly (LineRange | undefined)[];
  /** How many passages of its scene are spoken before it. */
  readonly passagesBefore: number;
  readonly place: Place;
}

/** @throws {AuraError} script_invalid for a block that is empty, too long, indented or oddly labelled. */
export function readCode(node: CodeNode, tree: MarkdownTree): Omit<CodeDraft, 'passagesBefore'> {
  const place = placeOf(node);
  if (!/^\s*(?:```|~~~)/.test(writtenText(tree, node))) {
    throw mistake(place, 'text indented by four spaces is a code block in Markdown; remove the spaces');
  }
  const text = node.value.replace(/[^\P{Cc}\n\t]|\uFFFD/gu, '');
  if (text.trim() === '') throw mistake(place, 'the code block is empty');
  if (text.length > limits.codeLength) {
    const length = `at most ${limits.codeLength} characters, this one ${text.length}`;
    throw mistake(place, `a code block has ${length}; show a part of it`);
  }
  const lineCount = text.split('\n').length;
  const { language, marks } = readLabel([node.lang, node.meta].filter(Boolean).join(' '), place);
  const steps = marks.map((mark) => readStep(mark, lineCount, place));
  return { code: { language, text }, lineCount, steps, place };
}

interface Label {
  readonly language: string;
  readonly marks: readonly string[];
}

/** What stands behind the three backticks: `ts {1-3|5}`. */
function readLabel(label: string, place: Place): Label {
  const [, language = '', marks, rest = ''] = /^([^\s{]*)\s*(?:\{([^}]*)\})?\s*(.*)$/s.exec(label) ?? [];
  if (rest !== '') {
    const advice = 'a language and the lines to light may stand there, as in ```ts {1-3|5}';
    throw mistake(place, `${quoted(rest)} is unknown behind a code block’s marks; ${advice}`);
  }
  if (language.length > 40) throw mistake(place, 'the language of a code block has at most 40 characters');
  return { language: language === '' ? 'text' : language, marks: marks?.split('|') ?? [] };
}

function readStep(mark: string, lineCount: number, place: Place): LineRange | undefined {
  const text = mark.trim();
  if (text === '*' || text === 'all') return undefined;
  const lines = readLines(text);
  if (lines === undefined) {
    const examples = 'write {1-3|5}: for each paragraph below, one line, lines from-to, or * for all';
    throw mistake(place, `${quoted(mark)} does not name lines; ${examples}`);
  }
  if (lines.to > lineCount) throw mistake(place, beyondEnd(lines, lineCount));
  return lines;
}

export function beyondEnd({ to }: LineRange, lineCount: number): string {
  return `there is no line ${to}: the code has ${lineCount === 1 ? 'one line' : `${lineCount} lines`}`;
}
