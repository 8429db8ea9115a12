import { createHash } from 'node:crypto';
import type { Json } from '../engine/contract.ts';

/**
 * The key under which the result of some work is stored: `<kind>/<hash of the inputs>.<extension>`. Objects with the
 * same members in another order have the same key.
 */
export function contentKey(kind: string, inputs: Json, extension: string): string {
  return `${kind}/${contentHash(inputs)}.${extension}`;
}

/** SHA-256 of the canonical JSON, shortened to 160 bits, lower-case hex. */
export function contentHash(inputs: Json): string {
  return createHash('sha256').update(canonicalJson(inputs)).digest('hex').slice(0, 40);
}

function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
