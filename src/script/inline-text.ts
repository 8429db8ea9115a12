import type { Image, ImageReference, PhrasingContent } from 'mdast';
import { type Picture, pictureSchema } from '../protocol/index.ts';
import { cleanText } from './clean-text.ts';
import { type Directive, readHtml } from './directives.ts';
import { type MarkdownTree, placeOf, writtenText } from './markdown-tree.ts';
import { mistake, type Place } from './mistake.ts';
import { pictureOrSoundName } from './source-name.ts';

/** A paragraph or heading without its markup. */
export interface InlineText {
  readonly text: string;
  readonly pictures: readonly { readonly picture: Picture; readonly place: Place }[];
  readonly directives: readonly Directive[];
}

/** @throws {AuraError} script_invalid for what is not supported, and for pictures and directives that are wrong. */
export function readInline(nodes: readonly PhrasingContent[], tree: MarkdownTree): InlineText {
  const parts: Parts = { text: [], pictures: [], directives: [] };
  for (const node of nodes) collect(node, tree, parts);
  return { text: cleanText(parts.text.join('')), pictures: parts.pictures, directives: parts.directives };
}

interface Parts {
  readonly text: string[];
  readonly pictures: InlineText['pictures'][number][];
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
      parts.pictures.push(readPicture(node, node.url));
      return;
    case 'imageReference':
      parts.pictures.push(readPicture(node, tree.definitions.get(node.identifier) ?? ''));
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

function readPicture(node: Image | ImageReference, address: string): InlineText['pictures'][number] {
  const place = placeOf(node);
  const source = pictureOrSoundName(address);
  const alt = cleanText(node.alt ?? '');
  if (source === undefined) {
    throw mistake(place, `"${address}" is no picture: name a file beside the script, or an https address`);
  }
  if (alt.length > 500) throw mistake(place, 'a picture’s description has at most 500 characters');
  return { picture: pictureSchema.parse({ source, alt }), place };
}
