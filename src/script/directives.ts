import { type DirectiveName, directiveNames, directives, isDirectiveName } from './directive-values.ts';
import { mistake, type Place, placeAt, quoted } from './mistake.ts';
import { suggestion } from './nearest-name.ts';
import type { SceneSettings } from './scene-settings.ts';

/** One `name: value` of a comment, read. */
export interface Directive {
  readonly name: DirectiveName;
  readonly place: Place;
  readonly settings: SceneSettings;
}

/**
 * The directives in a piece of HTML that holds nothing but comments. Comments that are not directives are notes
 * and give nothing.
 *
 * @param html as written, from `<!--` on; its first character is at `start`.
 * @throws {AuraError} script_invalid at the very name or value that is wrong.
 */
export function readHtml(html: string, start: Place): Directive[] {
  const found: Directive[] = [];
  let offset = 0;
  while (offset < html.length) {
    const gap = /^\s*/.exec(html.slice(offset))?.[0].length ?? 0;
    offset += gap;
    if (offset === html.length) break;
    const end = commentEnd(html, offset, start);
    found.push(...readComment(html.slice(offset + 4, end), placeAt(html, offset + 4, start)));
    offset = end + 3;
  }
  return found;
}

function commentEnd(html: string, offset: number, start: Place): number {
  const place = placeAt(html, offset, start);
  if (!html.startsWith('<!--', offset)) {
    const rest = quoted(html.slice(offset));
    if (offset > 0) throw mistake(place, `${rest} stands behind a comment; put it on a line of its own`);
    throw mistake(place, `HTML is not supported: ${rest}; write \\< for a plain <`);
  }
  const end = html.indexOf('-->', offset + 4);
  if (end === -1) throw mistake(place, 'the comment is not closed; end it with -->');
  return end;
}

const pair = /([A-Za-z][\w-]*)(\s*:\s*)("[^"\n]*"|'[^'\n]*'|[^,;\n"']*)/y;
const separator = /[\s,;]*/y;

/** Directives need far less; it keeps the time to find their lines and columns small. */
const longestComment = 2_000;

function readComment(content: string, start: Place): Directive[] {
  if (!holdsDirectives(content, start)) return [];
  if (content.length > longestComment) {
    throw mistake(
      start,
      `directives take at most ${longestComment} characters; begin a mere note with note:`,
    );
  }
  const found: Directive[] = [];
  let offset = skip(separator, content, 0);
  while (offset < content.length) {
    pair.lastIndex = offset;
    const match = pair.exec(content);
    const place = placeAt(content, offset, start);
    if (match === null) {
      const rest = quoted(content.slice(offset).split(/[\n,;]/)[0] ?? '');
      throw mistake(place, `${rest} is not a directive; write name: value, as in duration: 4s`);
    }
    const [whole, name = '', colon = '', value = ''] = match;
    const next = refuseRest(content, offset + whole.length, start);
    const valuePlace = placeAt(content, offset + name.length + colon.length, start);
    found.push(readDirective({ name, value, place, valuePlace }));
    offset = next;
  }
  return found;
}

/** A directive's name and a colon where a directive would begin. */
const anyDirective = new RegExp(`(?:^|[,;\\n])\\s*(?:${directiveNames.join('|')})\\s*:`);

/** Comments are for notes, too: which of them are meant for Aura. */
function holdsDirectives(content: string, start: Place): boolean {
  const text = content.trim();
  if (/^(?:note|todo|fixme)\b/i.test(text)) return false;
  if (anyDirective.test(text)) return true;
  refuseMissingColon(content, start);
  return /^[A-Za-z][\w-]*\s*:(?!\/\/)/.test(text);
}

/** The names are common words, so only one with a value that would be right is taken for a directive: `duration 4s`. */
function refuseMissingColon(content: string, start: Place): void {
  const [, name = '', value = ''] = /^\s*([A-Za-z][\w-]*)[ \t]+([^,;\n]*)/.exec(content) ?? [];
  if (!isDirectiveName(name) || 'problem' in directives[name](unquoted(value.trim()))) return;
  const namesFile = name === 'voice-over' || name === 'timing';
  if (namesFile && !/\.\w+$/.test(value.trim())) return;
  const place = placeAt(content, content.indexOf(name), start);
  throw mistake(place, `"${name}" needs a colon, as in "${name}: …"; begin a mere note with note:`);
}

function readDirective(found: { name: string; value: string; place: Place; valuePlace: Place }): Directive {
  const { name, place } = found;
  if (!isDirectiveName(name)) {
    throw mistake(place, `unknown directive "${name}"${suggestion(name, directiveNames)}`);
  }
  const value = unquoted(found.value.trim());
  if (value === '') throw mistake(place, `"${name}" has no value`);
  const reading = directives[name](value);
  if ('problem' in reading) throw mistake(found.valuePlace, reading.problem);
  return { name, place, settings: reading };
}

/** After a value comes a separator or the end. @returns where the next pair begins. */
function refuseRest(content: string, offset: number, start: Place): number {
  const next = skip(separator, content, offset);
  if (next === offset && offset < content.length) {
    const place = placeAt(content, offset, start);
    const isQuote = content[offset] === '"' || content[offset] === "'";
    throw mistake(place, isQuote ? 'the quotation mark has no partner' : 'separate directives with a comma');
  }
  return next;
}

function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return offset + (pattern.exec(text)?.[0].length ?? 0);
}

function unquoted(value: string): string {
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1).trim() : value;
}
