import { AuraError, type ErrorCode } from '../protocol/index.ts';

/** A position in the script as its author counts: lines and columns from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The error for a mistake in a script. `what` says what is wrong and what to write instead. */
export function mistake(place: Place, what: string, code: ErrorCode = 'script_invalid'): AuraError {
  const { line, column } = place;
  return new AuraError(code, `line ${line}, column ${column}: ${what}`, { place: { line, column } });
}

/** The place `offset` code units into `text`, whose first character is at `start`. */
export function placeAt(text: string, offset: number, start: Place): Place {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  if (lastBreak === -1) return { line: start.line, column: start.column + offset };
  return { line: start.line + before.split('\n').length - 1, column: offset - lastBreak };
}

/** A piece of the script as an error quotes it: one line, not too long. */
export function quoted(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return `"${line.length > 40 ? `${[...line].slice(0, 40).join('')}…` : line}"`;
}

/** What `read` gives, or nothing when the script has a mistake there. */
export function forgiving<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AuraError) return undefined;
    throw error;
  }
}
