import type { Blockquote, Heading, Html, List, ListItem, Nodes, Paragraph, RootContent } from 'mdast';
import { limits } from '../protocol/index.ts';
import { readCode } from './code-block.ts';
import { readHtml } from './directives.ts';
import { readInline } from './inline-text.ts';
import { type MarkdownTree, nodesOf, placeOf, writtenText } from './markdown-tree.ts';
import { forgiving, mistake, quoted } from './mistake.ts';
import { readQuote } from './quote-block.ts';
import {
  addCode,
  addDirectives,
  addImages,
  addParagraph,
  addPoint,
  addQuote,
  addTable,
  filledScenes,
  newScene,
  type SceneDraft,
  type SceneDrafts,
} from './scene-draft.ts';
import { readTable } from './table-block.ts';

/** The scenes of a script in order. @throws {AuraError} script_invalid, script_too_long */
export function readScenes(tree: MarkdownTree): SceneDraft[] {
  const sections = sectionsOf(tree.root.children);
  const start = { place: { line: 1, column: 1 }, ...gathering(sections[0] ?? [], tree) };
  const scenes: SceneDrafts = [newScene(start)];
  for (const section of sections) {
    const reading = { tree, scenes, section, isNested: false };
    for (const node of section) readBlock(node, reading);
  }
  return filledScenes(scenes);
}

/** Divided before each heading and break. The first section has neither. */
function sectionsOf(nodes: readonly RootContent[]): RootContent[][] {
  const sections: RootContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === 'heading' || node.type === 'thematicBreak') sections.push([]);
    sections.at(-1)?.push(node);
  }
  return sections;
}

/** The directive may stand below the images, so a section is looked through before it is read. */
function gathering(section: readonly RootContent[], tree: MarkdownTree): { gathersImages?: boolean } {
  const comments = section.flatMap((block) => [...nodesOf(block, isHtml)]);
  const isGathering = comments.some((comment) => {
    const written = writtenText(tree, comment);
    return /\b(?:split|grid)\b/.test(written) && gathersImages(written);
  });
  return isGathering ? { gathersImages: true } : {};
}

function gathersImages(html: string): boolean {
  const directives = forgiving(() => readHtml(html, { line: 1, column: 1 })) ?? [];
  return directives.some(({ settings: { layout } }) => layout === 'split' || layout === 'grid');
}

function isHtml(node: Nodes): node is Html {
  return node.type === 'html';
}

interface Reading {
  readonly tree: MarkdownTree;
  readonly scenes: SceneDrafts;
  /** What stands between two headings or breaks. */
  readonly section: readonly RootContent[];
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
      readBlockquote(node, reading);
      return;
    case 'html':
      addDirectives(reading.scenes, readHtml(writtenText(reading.tree, node), place));
      return;
    case 'thematicBreak':
      if (reading.isNested) throw mistake(place, 'a scene cannot begin inside a list or a quote');
      reading.scenes.push(newScene({ place, ...gathering(reading.section, reading.tree) }));
      return;
    case 'definition':
      return;
    case 'code':
      addCode(reading.scenes, readCode(node, reading.tree));
      return;
    case 'table':
      addTable(reading.scenes, readTable(node, reading.tree));
      return;
    case 'footnoteDefinition':
      throw mistake(place, 'footnotes are not supported; put the remark in the text');
    default:
      throw mistake(place, `${node.type} is not supported here`);
  }
}

function readHeading(node: Heading, { tree, scenes, section, isNested }: Reading): void {
  const place = placeOf(node);
  if (isNested) throw mistake(place, 'a scene cannot begin inside a list or a quote');
  refuseUnderline(node, tree);
  const { text, images, directives } = readInline(node.children, tree);
  if (text.length > limits.headingLength) {
    throw mistake(place, `a heading has at most ${limits.headingLength} characters, this one ${text.length}`);
  }
  const heading = text === '' ? {} : { heading: text };
  scenes.push(newScene({ place, depth: node.depth, ...heading, ...gathering(section, tree) }));
  addImages(scenes, images);
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
  const { text, images, directives } = readInline(node.children, tree);
  addImages(scenes, images);
  addDirectives(scenes, directives);
  addParagraph(scenes, text, placeOf(node));
}

/** Spoken like any text; shown as a quote when its scene holds nothing else. */
function readBlockquote(node: Blockquote, reading: Reading): void {
  const quote = reading.isNested ? undefined : readQuote(node, reading.tree);
  const readText = () => {
    for (const child of node.children) readBlock(child, { ...reading, isNested: true });
  };
  if (quote === undefined) readText();
  else addQuote(reading.scenes, quote, readText);
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
    const { text, images, directives } = readInline(child.children, reading.tree);
    addImages(reading.scenes, images);
    addDirectives(reading.scenes, directives);
    if (text !== '') addPoint(reading.scenes, text, placeOf(child));
    hasPoint = text !== '';
  }
}
