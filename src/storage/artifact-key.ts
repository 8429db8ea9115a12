import type { Artifact } from '../protocol/index.ts';

/** Where an artifact's bytes are stored: `artifact/<sha256>.<extension of its name>`. */
export function artifactKey({ name, sha256 }: Pick<Artifact, 'name' | 'sha256'>): string {
  return `artifact/${sha256}${name.slice(name.lastIndexOf('.'))}`;
}
