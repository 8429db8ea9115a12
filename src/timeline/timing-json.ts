import { invalidTiming, type TimedPhrase } from './timing-file.ts';

/** @throws {AuraError} timing_invalid */
export function parseTimingJson(text: string): TimedPhrase[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalidTiming(`It is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  return readEntries(value);
}

function readEntries(value: unknown): TimedPhrase[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => readEntry(entry, index));
  const list = field(value, 'words') ?? field(value, 'segments');
  if (Array.isArray(list)) return readEntries(list);
  throw invalidTiming('The JSON is no list of words, and has none as "words" or "segments".');
}

/** A segment that lists its words is as exact as they are. */
function readEntry(entry: unknown, index: number): TimedPhrase[] {
  const words = field(entry, 'words');
  if (Array.isArray(words) && words.length > 0) return readEntries(words);
  const text = field(entry, 'word') ?? field(entry, 'text');
  const [startSeconds, endSeconds] = [field(entry, 'start'), field(entry, 'end')];
  if (typeof text !== 'string') throw invalidTiming(`Entry ${index + 1} has no "word" or "text".`);
  if (!isTime(startSeconds) || !isTime(endSeconds)) {
    throw invalidTiming(`Entry ${index + 1}, "${text}", needs "start" and "end" in seconds.`);
  }
  return text.trim() === '' ? [] : [{ text: text.trim(), startSeconds, endSeconds }];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
