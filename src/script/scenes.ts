import type { Code, Heading, List, ListItem, Paragraph, RootContent } from 'mdast';
import { limits } from '../protocol/index.ts';
import { readHtml } from './directives.ts';
import { readInline } from './inline-text.ts';
import { type MarkdownTree, placeOf, writtenText } from './markdown-tree.ts';
import { mistake, quoted } from './mistake.ts';
import {
  addDirectives,
  addParagraph,
  addPictures,
  addPoint,
  filledScenes,
  newScene,
  type SceneDraft,
  type SceneDrafts,
} from './scene-draft.ts';

/** The scenes of a script in order. @throws {AuraError} script_invalid, script_too_long */
export function readScenes(tree: MarkdownTree): SceneDraft[] {
  const scenes: SceneDrafts = [newScene({ place: { line: 1, column: 1 } })];
  for (const node of tree.root.children) readBlock(node, { tree, scenes, isNested: false });
  return filledScenes(scenes);
}

interface Reading {
  readonly tree: MarkdownTree;
  readonly scenes: SceneDrafts;
  /** Inside a list or a quote, where no scene may begin. */
  readonly isNested: boolean;
}

function readBlock(node: RootContent, reading: Reading): void {
  const place = placeOf(node);
  switch (node.type) {
    case 'heading':
      readHeading(node, reading);
      return;
    case 'paragraph':
      readParagraph(node, reading);
      return;
    case 'list':
      readList(node, reading);
      return;
    case 'blockquote':
      for (const child of node.children) readBlock(child, { ...reading, isNested: true });
      return;
    case 'html':
      addDirectives(reading.scenes, readHtml(writtenText(reading.tree, node), place));
      return;
    case 'thematicBreak':
      if (reading.isNested) throw mistake(place, 'a scene cannot begin inside a list or a quote');
      reading.scenes.push(newScene({ place }));
      return;
    case 'definition':
      return;
    case 'code':
      throw mistake(place, codeProblem(node, reading.tree));
    case 'table':
      throw mistake(place, 'tables are not supported; write a list instead');
    case 'footnoteDefinition':
      throw mistake(place, 'footnotes are not supported; put the remark in the text');
    default:
      throw mistake(place, `${node.type} is not supported here`);
  }
}

function readHeading(node: Heading, { tree, scenes, isNested }: Reading): void {
  const place = placeOf(node);
  if (isNested) throw mistake(place, 'a scene cannot begin inside a list or a quote');
  refuseUnderline(node, tree);
  const { text, pictures, directives } = readInline(node.children, tree);
  if (text.length > limits.headingLength) {
    throw mistake(place, `a heading has at most ${limits.headingLength} characters, this one ${text.length}`);
  }
  scenes.push(newScene({ place, depth: node.depth, ...(text !== '' && { heading: text }) }));
  addPictures(scenes, pictures);
  addDirectives(scenes, directives);
}

/** Markdown reads `---` directly under text as "that text is a heading"; in a script it was meant as a new scene. */
function refuseUnderline(node: Heading, tree: MarkdownTree): void {
  const lines = writtenText(tree, node).split('\n');
  const underline = lines.at(-1) ?? '';
  if (lines.length < 2 || !/^\s*-+\s*$/.test(underline)) return;
  const { line } = node.position?.end ?? placeOf(node);
  const place = { line, column: underline.length - underline.trimStart().length + 1 };
  const text = quoted(lines[0] ?? '');
  throw mistake(
    place,
    `leave a blank line before ${underline.trim()} for a new scene; ${text} would become a heading`,
  );
}

function readParagraph(node: Paragraph, { tree, scenes }: Reading): void {
  const { text, pictures, directives } = readInline(node.children, tree);
  addPictures(scenes, pictures);
  addDirectives(scenes, directives);
  addParagraph(scenes, text, placeOf(node));
}

function readList(list: List, reading: Reading): void {
  for (const item of list.children) readItem(item, { ...reading, isNested: true });
}

/** The first paragraph of an item is its point; further ones are only spoken; lists in it are further points. */
function readItem(item: ListItem, reading: Reading): void {
  let hasPoint = false;
  for (const child of item.children) {
    if (child.type !== 'paragraph' || hasPoint) {
      readBlock(child, reading);
      continue;
    }
    const { text, pictures, directives } = readInline(child.children, reading.tree);
    addPictures(reading.scenes, pictures);
    addDirectives(reading.scenes, directives);
    if (text !== '') addPoint(reading.scenes, text, placeOf(child));
    hasPoint = text !== '';
  }
}

function codeProblem(node: Code, tree: MarkdownTree): string {
  const isFenced = /^\s*(?:```|~~~)/.test(writtenText(tree, node));
  if (isFenced) return 'code blocks are not supported; show code as a picture';
  return 'text indented by four spaces is a code block in Markdown; remove the spaces';
}
