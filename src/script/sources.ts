import type { Composition, Scene } from '../protocol/index.ts';
import { type SourceKind, sourceName } from './source-name.ts';

/** A file by its source, as in the composition, and what it is used as. */
export interface SourceReference {
  readonly source: string;
  readonly kind: SourceKind;
}

export interface SourceUse extends SourceReference {
  /** The first scene that needs it; absent for what the whole video uses. */
  readonly scene?: string;
}

/**
 * The sources of a composition, each once for each kind of use, in the order they are needed: the scenes' pictures,
 * clips and voices, then the brand's logo and fonts, then the music.
 */
export function listSources(composition: Composition): SourceUse[] {
  const uses = new Map<string, SourceUse>();
  const add = (use: SourceUse): void => {
    const key = `${use.kind} ${use.source}`;
    if (!uses.has(key)) uses.set(key, use);
  };
  for (const scene of composition.scenes) {
    for (const reference of sourcesOfScene(scene)) add({ ...reference, scene: scene.id });
  }
  for (const reference of sourcesOfVideo(composition)) add(reference);
  return [...uses.values()];
}

/** The files of a video apart from its scenes. Also for front matter, which has the same fields. */
export function sourcesOfVideo({
  brand,
  music,
}: {
  readonly brand?: Composition['brand'];
  readonly music?: Composition['music'];
}): SourceReference[] {
  return [
    ...reference(brand?.logo?.source, 'picture'),
    ...reference(brand?.fonts?.heading, 'font'),
    ...reference(brand?.fonts?.body, 'font'),
    ...reference(music?.source, 'audio'),
  ];
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
  const byName = new Map(Object.entries(sources).map(([name, to]) => [sourceName(name) ?? name, to]));
  const map: MapSource = (source) => byName.get(source) ?? byName.get(sourceName(source) ?? source) ?? source;
  const { music, brand } = composition;
  return {
    ...composition,
    scenes: composition.scenes.map((scene) => mapScene(scene, map)),
    ...(brand !== undefined && { brand: mapBrand(brand, map) }),
    ...(music !== undefined && { music: mapPart(music, map) }),
  };
}

function sourcesOfScene({ picture, pictures, clip, voiceOver }: Scene): SourceReference[] {
  return [
    ...reference(picture?.source, 'picture'),
    ...pictures.flatMap(({ source }) => reference(source, 'picture')),
    ...reference(clip?.source, 'video'),
    ...reference(voiceOver?.source, 'audio'),
    ...reference(voiceOver?.timing, 'timing'),
  ];
}

function reference(source: string | undefined, kind: SourceKind): SourceReference[] {
  return source === undefined ? [] : [{ source, kind }];
}

type MapSource = (source: string) => string;

function mapPart<Part extends { readonly source: string }>(part: Part, map: MapSource): Part {
  return { ...part, source: map(part.source) };
}

function mapScene(scene: Scene, map: MapSource): Scene {
  const { picture, pictures, clip, voiceOver } = scene;
  return {
    ...scene,
    pictures: pictures.map((each) => mapPart(each, map)),
    ...(picture !== undefined && { picture: mapPart(picture, map) }),
    ...(clip !== undefined && { clip: mapPart(clip, map) }),
    ...(voiceOver !== undefined && {
      voiceOver: {
        ...mapPart(voiceOver, map),
        ...(voiceOver.timing !== undefined && { timing: map(voiceOver.timing) }),
      },
    }),
  };
}

type Brand = NonNullable<Composition['brand']>;

function mapBrand(brand: Brand, map: MapSource): Brand {
  const { fonts, logo } = brand;
  return {
    ...brand,
    ...(logo !== undefined && { logo: mapPart(logo, map) }),
    ...(fonts !== undefined && {
      fonts: {
        ...(fonts.heading !== undefined && { heading: map(fonts.heading) }),
        ...(fonts.body !== undefined && { body: map(fonts.body) }),
      },
    }),
  };
}
