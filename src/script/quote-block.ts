import type { Blockquote } from 'mdast';
import { limits } from '../protocol/index.ts';
import { cleanText } from './clean-text.ts';
import { readInline } from './inline-text.ts';
import { type MarkdownTree, placeOf } from './markdown-tree.ts';
import type { Place } from './mistake.ts';

/** A block quote that is nothing but text, and may so be shown as a quote. */
export interface QuoteDraft {
  /** Its paragraphs, each a passage to be spoken. */
  readonly paragraphs: readonly string[];
  /** Who said it, from a last line `— Name`. */
  readonly source?: string;
  readonly place: Place;
}

/** The quote, or undefined for one that holds lists, images or nothing to read. */
export function readQuote(node: Blockquote, tree: MarkdownTree): QuoteDraft | undefined {
  const written: string[] = [];
  for (const child of node.children) {
    if (child.type === 'html') continue;
    if (child.type !== 'paragraph') return undefined;
    const { lines, images } = readInline(child.children, tree);
    if (images.length > 0) return undefined;
    written.push(lines);
  }
  const { text, source } = withoutSource(written.join('\n\n').trim());
  const paragraphs = text.split('\n\n').map(cleanText).filter(Boolean);
  if (paragraphs.length === 0) return undefined;
  return { paragraphs, ...(source !== undefined && { source }), place: placeOf(node) };
}

export function quoteText({ paragraphs }: QuoteDraft): string {
  return paragraphs.join(' ');
}

function withoutSource(text: string): { readonly text: string; readonly source?: string } {
  const lines = text.split('\n');
  const source = /^\s*(?:[\u2012-\u2015]+|--+)\s*(\S.*)$/.exec(lines.at(-1) ?? '')?.[1];
  const rest = lines.slice(0, -1).join('\n').trim();
  if (source === undefined || rest === '') return { text };
  const name = cleanText(source);
  return name.length === 0 || name.length > limits.cellLength ? { text } : { text: rest, source: name };
}
