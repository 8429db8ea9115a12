import type { Image, ImageReference, Nodes } from 'mdast';
import { AuraError, type Composition } from '../protocol/index.ts';
import { readFrontMatter } from './front-matter.ts';
import { nodesOf, placeOf, readMarkdown } from './markdown-tree.ts';
import type { Place } from './mistake.ts';
import { cleanScript } from './script-text.ts';
import { isFileName, pictureOrSoundName } from './source-name.ts';
import { type FrontMatterText, splitFrontMatter } from './split-front-matter.ts';

/** A picture or a sound by its source, as in the composition. */
export interface SourceReference {
  readonly source: string;
  readonly kind: 'picture' | 'audio';
}

export interface SourceUse extends SourceReference {
  /** The first scene that shows it; absent for sounds of the whole video. */
  readonly scene?: string;
}

/** The distinct sources of a composition, in the order they are needed: the scenes' pictures, then the music. */
export function listSources(composition: Composition): SourceUse[] {
  const uses = new Map<string, SourceUse>();
  for (const { id, picture } of composition.scenes) {
    if (picture !== undefined && !uses.has(picture.source)) {
      uses.set(picture.source, { source: picture.source, kind: 'picture', scene: id });
    }
  }
  const { music } = composition;
  return music === undefined
    ? [...uses.values()]
    : [...uses.values(), { source: music.source, kind: 'audio' }];
}

/**
 * The files a script names, each once: what to upload with it. Works on a script that is not right yet, as far as it
 * can be read, and never throws for one.
 */
export function referencedFiles(markdown: string): SourceReference[] {
  const text = forgiving(() => cleanScript(markdown));
  if (text === undefined) return [];
  const split = forgiving(() => splitFrontMatter(text)) ?? { body: text };
  const found = new Map<string, SourceReference>();
  const add = (address: string | undefined, kind: SourceReference['kind']): void => {
    const source = address === undefined ? undefined : pictureOrSoundName(address);
    if (source !== undefined && isFileName(source)) found.set(`${kind} ${source}`, { source, kind });
  };
  const tree = readMarkdown(split.body);
  for (const image of nodesOf(tree.root, isImage)) {
    add(image.type === 'image' ? image.url : tree.definitions.get(image.identifier), 'picture');
  }
  add(musicOf(split.frontMatter), 'audio');
  return [...found.values()];
}

/** Where a script first shows a picture of this name, as referencedFiles gives it. */
export function pictureUse(markdown: string, source: string): Place | undefined {
  const text = forgiving(() => cleanScript(markdown));
  if (text === undefined) return undefined;
  const tree = readMarkdown(forgiving(() => splitFrontMatter(text))?.body ?? text);
  for (const image of nodesOf(tree.root, isImage)) {
    const address = image.type === 'image' ? image.url : tree.definitions.get(image.identifier);
    if (address !== undefined && pictureOrSoundName(address) === source) return placeOf(image);
  }
  return undefined;
}

/**
 * The composition with names replaced by what they stand for.
 *
 * @param sources by name as written in the script or as in the composition, e.g. `{ "lake.jpg": "asset:…" }`. Names
 *   it does not have stay.
 */
export function withSources(
  composition: Composition,
  sources: Readonly<Record<string, string>>,
): Composition {
  const byName = new Map(Object.entries(sources).map(([name, to]) => [pictureOrSoundName(name) ?? name, to]));
  const replace = <Part extends { readonly source: string }>(part: Part): Part => {
    const source = byName.get(part.source) ?? byName.get(pictureOrSoundName(part.source) ?? part.source);
    return source === undefined ? part : { ...part, source };
  };
  const { music } = composition;
  const scenes = composition.scenes.map((scene) =>
    scene.picture === undefined ? scene : { ...scene, picture: replace(scene.picture) },
  );
  return { ...composition, scenes, ...(music !== undefined && { music: replace(music) }) };
}

function musicOf(frontMatter: FrontMatterText | undefined): string | undefined {
  if (frontMatter === undefined) return undefined;
  return forgiving(() => readFrontMatter(frontMatter))?.music?.source;
}

/** What `read` gives, or nothing when the script has a mistake there. */
function forgiving<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AuraError) return undefined;
    throw error;
  }
}

function isImage(node: Nodes): node is Image | ImageReference {
  return node.type === 'image' || node.type === 'imageReference';
}
