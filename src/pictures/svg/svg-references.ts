import { type SvgElement, textIn } from './svg-element.ts';

/** What a piece of an SVG file points at: `#part` of the file itself, or anything else. */
export interface SvgReference {
  readonly target: string;
  /** Where it stands, counted from 1. */
  readonly line: number;
}

/** Everything that an element points at by its own attributes, and a style sheet by its rules. */
export function referencesOf(element: SvgElement): SvgReference[] {
  const { attributes, line, name } = element;
  const texts =
    name === 'style'
      ? [...attributes.map(({ value }) => value), textIn(element)]
      : attributes.map(({ value }) => value);
  const addresses = attributes.filter(({ localName }) => addressNames.has(localName.toLowerCase()));
  return [...addresses.map(({ value }) => value.trim()), ...texts.flatMap(urlsIn)].map((target) => ({
    target,
    line,
  }));
}

const addressNames = new Set(['href', 'src', 'srcset', 'data', 'action', 'formaction', 'poster']);

/** The targets of url(…), as CSS reads it; what cannot be read is given as it stands. */
export function urlsIn(text: string): string[] {
  return [...text.matchAll(/url\s*\(\s*("[^"]*"|'[^']*'|[^)]*)/gi)].map(([, inner = '']) =>
    inner
      .trim()
      .replace(/^(["'])(.*)\1$/s, '$2')
      .trim(),
  );
}

/** Names part of the same file. */
export function fragmentOf(target: string): string | undefined {
  return target.startsWith('#') ? target.slice(1) : undefined;
}
