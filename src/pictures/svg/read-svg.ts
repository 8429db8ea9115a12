import { SaxesParser, type SaxesTagNS } from 'saxes';
import { AuraError, limits } from '../../protocol/index.ts';
import type { SvgElement } from './svg-element.ts';

/**
 * Reads an SVG file with a strict XML parser that knows no entities but the five of XML itself.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} picture_invalid when it is no well-formed XML, declares entities, or is larger than the limits.
 */
export function readSvg(bytes: Uint8Array, name: string): SvgElement {
  if (bytes.length > limits.svgBytes) {
    const most = `at most ${limits.svgBytes / 1_000_000} million are possible: save it as PNG`;
    throw invalid(`“${name}” has ${bytes.length} bytes; ${most}.`);
  }
  const parser = new SaxesParser({ xmlns: true });
  const tree = growTree(parser, name);
  parser.on('error', (error) => {
    throw invalid(`“${name}” is damaged: ${plainWords(error)}.`);
  });
  parser.on('doctype', (doctype) => refuseDeclarations(doctype, name));
  parser.on('xmldecl', ({ encoding }) => refuseEncoding(encoding, name));
  parser.on('processinginstruction', ({ target }) => {
    if (target === 'xml-stylesheet')
      throw invalid(`“${name}” asks for a style sheet outside of it. ${plain}`);
  });
  parser.write(decodeText(bytes, name)).close();
  return tree.root();
}

const plain = 'Export it as plain SVG, or as PNG.';

/** Decoded once and by one rule: a second reading of the same bytes might find another document in them. */
function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AuraError('picture_invalid', `“${name}” is not in UTF-8. ${plain}`, { cause });
  }
}

function refuseEncoding(encoding: string | undefined, name: string): void {
  if (encoding === undefined || /^(utf-?8|us-ascii)$/i.test(encoding)) return;
  throw invalid(`“${name}” says that it is written in ${encoding}: save it in UTF-8.`);
}

/** Only a name of the SVG standard itself, which is looked up nowhere, may stand there: never declarations, never a file. */
function refuseDeclarations(doctype: string, name: string): void {
  if (
    /^\s*svg(\s+PUBLIC\s+"-\/\/W3C\/\/DTD SVG [^"]*"\s+"https?:\/\/www\.w3\.org\/[^"]*")?\s*$/.test(doctype)
  )
    return;
  throw invalid(`“${name}” declares entities or names a file that does (<!DOCTYPE …>). ${plain}`);
}

interface OpenElement extends SvgElement {
  readonly children: (OpenElement | string)[];
}

/** Collects the elements while they are read, and stops at the first that is one too many. */
function growTree(parser: SaxesParser<{ xmlns: true }>, name: string): { root(): SvgElement } {
  const document = openElement({ local: '', uri: '', attributes: {} }, 1);
  const open: [OpenElement, ...OpenElement[]] = [document];
  let count = 0;
  parser.on('opentag', (tag) => {
    count += 1;
    if (count > limits.svgElements)
      throw invalid(`“${name}” has more than ${limits.svgElements} elements. ${simpler}`);
    if (open.length > limits.svgDepth)
      throw invalid(`“${name}” is nested more than ${limits.svgDepth} deep. ${simpler}`);
    const element = openElement(tag, parser.line);
    (open.at(-1) ?? document).children.push(element);
    open.push(element);
  });
  const addText = (text: string) => open.at(-1)?.children.push(text);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => open.pop());
  return {
    root: () => {
      const root = document.children.find((child) => typeof child !== 'string');
      if (root === undefined) throw invalid(`“${name}” is damaged: it has no element.`);
      return root;
    },
  };
}

const simpler = 'Simplify it, or save it as PNG.';

function openElement(tag: Pick<SaxesTagNS, 'local' | 'uri' | 'attributes'>, line: number): OpenElement {
  const attributes = Object.values(tag.attributes).map(({ name, local, value }) => ({
    name,
    localName: local,
    value,
  }));
  return { name: tag.local, namespace: tag.uri, attributes, children: [], line };
}

/** The parser writes "3:14: undefined entity."; for people, and on one line. */
function plainWords({ message }: Error): string {
  const [, line, words] = /^(\d+):\d+: (.*)$/s.exec(message) ?? [];
  return line === undefined ? message : `line ${line}, ${(words ?? '').replace(/\.$/, '').slice(0, 120)}`;
}

function invalid(detail: string): AuraError {
  return new AuraError('picture_invalid', detail);
}
