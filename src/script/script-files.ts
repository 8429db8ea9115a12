import type { Html, Image, ImageReference, Nodes } from 'mdast';
import { readHtml } from './directives.ts';
import { readFrontMatter } from './front-matter.ts';
import { type MarkdownTree, nodesOf, placeOf, readMarkdown, writtenText } from './markdown-tree.ts';
import { forgiving, type Place } from './mistake.ts';
import { cleanScript } from './script-text.ts';
import { isFileName, shownKind, sourceName } from './source-name.ts';
import { type SourceReference, sourcesOfVideo } from './sources.ts';
import { splitFrontMatter } from './split-front-matter.ts';

/**
 * The files a script names, each once for each kind of use: what to upload with it. Works on a script that is not
 * right yet, as far as it can be read, and never throws for one.
 */
export function referencedFiles(markdown: string): SourceReference[] {
  const found = new Map<string, SourceReference>();
  for (const { source, kind } of usesIn(markdown)) {
    if (isFileName(source)) found.set(`${kind} ${source}`, { source, kind });
  }
  return [...found.values()];
}

/**
 * Where a script first shows an image of this name, or names the file in a directive; undefined for what only the
 * front matter names.
 *
 * @param source as referencedFiles gives it.
 */
export function fileUse(markdown: string, source: string): Place | undefined {
  return usesIn(markdown).find((use) => use.source === source)?.place;
}

interface PlacedUse extends SourceReference {
  readonly place?: Place;
}

/** In the order of the script, what the front matter names last. */
function usesIn(markdown: string): PlacedUse[] {
  const text = forgiving(() => cleanScript(markdown));
  if (text === undefined) return [];
  const { frontMatter: yaml, body } = forgiving(() => splitFrontMatter(text)) ?? { body: text };
  const tree = readMarkdown(body);
  const uses = [...nodesOf(tree.root, namesFiles)].flatMap((node) =>
    node.type === 'html' ? directiveUses(node, tree) : imageUses(node, tree),
  );
  const frontMatter = yaml === undefined ? {} : (forgiving(() => readFrontMatter(yaml)) ?? {});
  return [...uses, ...sourcesOfVideo(frontMatter)];
}

function imageUses(node: Image | ImageReference, tree: MarkdownTree): PlacedUse[] {
  const address = node.type === 'image' ? node.url : tree.definitions.get(node.identifier);
  const source = address === undefined ? undefined : sourceName(address);
  if (source === undefined) return [];
  return [{ source, kind: shownKind(source) ?? 'picture', place: placeOf(node) }];
}

function directiveUses(node: Html, tree: MarkdownTree): PlacedUse[] {
  const directives = forgiving(() => readHtml(writtenText(tree, node), placeOf(node))) ?? [];
  return directives.flatMap(({ settings: { voiceOver, timing }, place }): PlacedUse[] => [
    ...(voiceOver === undefined ? [] : [{ source: voiceOver, kind: 'audio' as const, place }]),
    ...(timing === undefined ? [] : [{ source: timing, kind: 'timing' as const, place }]),
  ]);
}

function namesFiles(node: Nodes): node is Image | ImageReference | Html {
  return node.type === 'image' || node.type === 'imageReference' || node.type === 'html';
}
