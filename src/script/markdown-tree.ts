import type { Definition, Nodes, Parents, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Place } from './mistake.ts';

/** A script's Markdown as a tree, with what its nodes refer to. */
export interface MarkdownTree {
  readonly root: Root;
  /** The text the tree was made from; node offsets count in it. */
  readonly text: string;
  /** Addresses of `[name]: address` lines, by identifier. */
  readonly definitions: ReadonlyMap<string, string>;
}

export function readMarkdown(text: string): MarkdownTree {
  const root = fromMarkdown(text, {
    extensions: [gfm({ singleTilde: false })],
    mdastExtensions: [gfmFromMarkdown()],
  });
  const definitions = new Map<string, string>();
  for (const definition of nodesOf(root, isDefinition)) {
    if (!definitions.has(definition.identifier)) definitions.set(definition.identifier, definition.url);
  }
  return { root, text, definitions };
}

/** All nodes that pass `accept`, in document order. */
export function* nodesOf<Kind extends Nodes>(
  node: Nodes,
  accept: (node: Nodes) => node is Kind,
): Generator<Kind, void, undefined> {
  if (accept(node)) yield node;
  if (isParent(node)) for (const child of node.children) yield* nodesOf(child, accept);
}

export function placeOf(node: Nodes): Place {
  // The parser’s points have more: only these two are ours to give away.
  const { line = 1, column = 1 } = node.position?.start ?? {};
  return { line, column };
}

/** The node as the author wrote it, but for the marks of quotes and lists it stands in, which become spaces. */
export function writtenText(tree: MarkdownTree, node: Nodes): string {
  const { start, end } = node.position ?? {};
  const written = tree.text.slice(start?.offset, end?.offset);
  return written.replace(/\n[ \t>]+/g, (prefix) => prefix.replaceAll('>', ' '));
}

function isDefinition(node: Nodes): node is Definition {
  return node.type === 'definition';
}

function isParent(node: Nodes): node is Parents {
  return 'children' in node;
}
