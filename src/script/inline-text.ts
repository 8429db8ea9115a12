import type { Image, ImageReference, PhrasingContent } from 'mdast';
import { cleanText } from './clean-text.ts';
import { type Directive, readHtml } from './directives.ts';
import { type MarkdownTree, placeOf, writtenText } from './markdown-tree.ts';
import { mistake, type Place } from './mistake.ts';
import { sourceName } from './source-name.ts';

/** A picture or a clip as written. */
export interface ImageDraft {
  readonly source: string;
  readonly alt: string;
  readonly place: Place;
}

/** A paragraph or heading without its markup. */
export interface InlineText {
  readonly text: string;
  /** The text before it is cleaned, with the line breaks of the script. */
  readonly lines: string;
  readonly images: readonly ImageDraft[];
  readonly directives: readonly Directive[];
}

/** @throws {AuraError} script_invalid for what is not supported, and for pictures and directives that are wrong. */
export function readInline(nodes: readonly PhrasingContent[], tree: MarkdownTree): InlineText {
  const parts: Parts = { text: [], images: [], directives: [] };
  for (const node of nodes) collect(node, tree, parts);
  const lines = parts.text.join('');
  return { text: cleanText(lines), lines, images: parts.images, directives: parts.directives };
}

interface Parts {
  readonly text: string[];
  readonly images: ImageDraft[];
  readonly directives: Directive[];
}

function collect(node: PhrasingContent, tree: MarkdownTree, parts: Parts): void {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      parts.text.push(node.value);
      return;
    case 'break':
      parts.text.push('\n');
      return;
    case 'emphasis':
    case 'strong':
    case 'delete':
    case 'link':
    case 'linkReference':
      for (const child of node.children) collect(child, tree, parts);
      return;
    case 'image':
      parts.images.push(readImage(node, node.url));
      return;
    case 'imageReference':
      parts.images.push(readImage(node, tree.definitions.get(node.identifier) ?? ''));
      return;
    case 'html':
      collectHtml(writtenText(tree, node), placeOf(node), parts);
      return;
    case 'footnoteReference':
      throw mistake(placeOf(node), 'footnotes are not supported; put the remark in the text');
  }
}

function collectHtml(html: string, place: Place, parts: Parts): void {
  if (/^<br\s*\/?>$/i.test(html)) parts.text.push('\n');
  else parts.directives.push(...readHtml(html, place));
}

function readImage(node: Image | ImageReference, address: string): ImageDraft {
  const place = placeOf(node);
  const source = sourceName(address);
  const alt = cleanText(node.alt ?? '');
  if (source === undefined) {
    throw mistake(
      place,
      `"${address}" is no picture or clip: name a file beside the script, or an https address`,
    );
  }
  if (alt.length > 500) throw mistake(place, 'a picture’s description has at most 500 characters');
  return { source, alt, place };
}
