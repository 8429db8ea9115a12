import { AuraError } from '../protocol/index.ts';
import { parseClockTime } from './clock-time.ts';
import { parseTimingJson } from './timing-json.ts';

/** A word, or several, and when they are said; in seconds from the recording's start. */
export interface TimedPhrase {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Reads when words are said from the content of a WebVTT file (times inside a cue included), an SRT file, or JSON: a list
 * of `{"word" or "text", "start", "end"}` in seconds, or such a list as "words" or "segments" of an object, as speech
 * recognisers write it.
 *
 * @throws {AuraError} timing_invalid, with the line or the entry that is wrong.
 */
export function parseTimingFile(content: string): TimedPhrase[] {
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const phrases = /^\s*[[{]/.test(text) ? parseTimingJson(text) : parseCues(text);
  if (phrases.length === 0) throw invalidTiming('No word in it has a time.');
  for (const [index, { startSeconds, endSeconds, text: said }] of phrases.entries()) {
    const before = phrases[index - 1];
    if (endSeconds < startSeconds) throw invalidTiming(`"${said}" ends before it begins.`);
    if (before !== undefined && startSeconds < before.startSeconds) {
      throw invalidTiming(`"${said}" begins before "${before.text}", which is in front of it.`);
    }
  }
  return phrases;
}

export function invalidTiming(detail: string, line?: number): AuraError {
  return new AuraError('timing_invalid', detail, line === undefined ? {} : { place: { line } });
}

interface Block {
  readonly lines: readonly string[];
  /** Of its first line, from 1. */
  readonly line: number;
}

/** WebVTT and SRT are the same but for the header, the comma, and what else a block can be. */
function parseCues(text: string): TimedPhrase[] {
  const isVtt = text.startsWith('WEBVTT');
  const blocks = splitBlocks(text).slice(isVtt ? 1 : 0);
  return blocks.flatMap((block) => {
    if (isVtt && /^(NOTE|STYLE|REGION)\b/.test(block.lines[0] ?? '')) return [];
    return parseCue(block);
  });
}

function splitBlocks(text: string): Block[] {
  const blocks: { lines: string[]; line: number }[] = [];
  let isNew = true;
  for (const [index, line] of text.split('\n').entries()) {
    const isBlank = line.trim() === '';
    if (isBlank) isNew = true;
    else if (isNew) blocks.push({ lines: [line], line: index + 1 });
    else blocks.at(-1)?.lines.push(line);
    if (!isBlank) isNew = false;
  }
  return blocks;
}

function parseCue({ lines, line }: Block): TimedPhrase[] {
  const at = lines.findIndex((each) => each.includes('-->'));
  if (at < 0 || at > 1) throw invalidTiming(`Line ${line} is neither a cue nor its time.`, line);
  const [from = '', to = ''] = (lines[at] ?? '').split('-->');
  const startSeconds = parseClockTime(from.trim());
  const endSeconds = parseClockTime(to.trim().split(/\s/)[0] ?? '');
  if (startSeconds === undefined || endSeconds === undefined) {
    throw invalidTiming(
      `Line ${line + at} has no two times such as 00:01:02.500 --> 00:01:04.000.`,
      line + at,
    );
  }
  return splitAtTimes({ text: lines.slice(at + 1).join('\n'), startSeconds, endSeconds });
}

/** WebVTT can say inside a cue when its next words begin: `Hello <00:00:01.500>world`. */
function splitAtTimes({ text, startSeconds, endSeconds }: TimedPhrase): TimedPhrase[] {
  const parts = text.split(/<(\d[\d:.]*)>/);
  const phrases: TimedPhrase[] = [];
  let start = startSeconds;
  for (let index = 0; index < parts.length; index += 2) {
    const next = parts[index + 1];
    const time = next === undefined ? undefined : parseClockTime(next);
    const end = Math.max(start, Math.min(time ?? endSeconds, endSeconds));
    const said = plainText(parts[index] ?? '');
    if (said !== '') phrases.push({ text: said, startSeconds: start, endSeconds: end });
    start = end;
  }
  return phrases;
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&nbsp;': ' ', '&lrm;': '', '&rlm;': '' },
};

/** Without tags such as <i> and <v Ann>, SRT's {\an8}, and entities. */
function plainText(text: string): string {
  return text
    .replace(/<[^>]*>|\{\\[^}]*\}/g, '')
    .replace(/&\w+;/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
